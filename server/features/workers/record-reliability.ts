import { Prisma, type Tx } from '@/server/platform/db';

/** How much the newest assignment counts in a worker's reliability; about the last 20 decide. */
const WEIGHT = 0.05;

/** Whose assignment it was, and of what. */
export interface Attended {
  workerId: string;
  organizationId: string;
  type: string;
}

/**
 * Moves a worker's reliability after an assignment: up where it was answered, down where it lapsed
 * after the worker had started. An offer that is declined or not taken up, and a release with a
 * reason, cost a worker nothing. Routing goes by all of a worker's assignments; the tier by rule, which is an
 * organization's own, by those of its type since the first that was judged.
 */
export async function recordReliability(
  tx: Tx,
  attended: Attended,
  outcome: 'answered' | 'lapsed',
): Promise<void> {
  await tx.$executeRaw`WITH ${reliabilitySteps(attended, outcome, Prisma.sql`true`)} SELECT 1`;
}

/**
 * The same as common table expressions, for a statement that ends the assignment as well; nothing moves
 * where `condition` does not hold.
 */
export function reliabilitySteps(
  { workerId, organizationId, type }: Attended,
  outcome: 'answered' | 'lapsed',
  condition: Prisma.Sql,
): Prisma.Sql {
  const target = outcome === 'answered' ? 1 : 0;
  const moved = Prisma.sql`
    SET reliability = reliability + ${WEIGHT}::float8 * (${target}::float8 - reliability)
     WHERE ${condition}`;
  return Prisma.sql`
    reliable_of_type AS (
      UPDATE worker_type_records ${moved} AND worker_id = ${workerId}::uuid
         AND organization_id = ${organizationId}::uuid AND type = ${type}
    ), reliable AS (
      UPDATE workers ${moved} AND id = ${workerId}::uuid
    )`;
}
