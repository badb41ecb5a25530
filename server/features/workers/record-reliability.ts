import { Prisma, type Tx } from '@/server/platform/db';

/** How much the newest assignment counts in a worker's reliability; about the last 20 decide. */
const WEIGHT = 0.05;

/**
 * Moves a worker's reliability after an assignment: up where it was answered, down where it lapsed
 * after the worker had started. An offer that is declined or not taken up, and a release with a
 * reason, cost a worker nothing.
 */
export async function recordReliability(
  tx: Tx,
  workerId: string,
  outcome: 'answered' | 'lapsed',
): Promise<void> {
  await tx.$executeRaw(reliabilityUpdate(workerId, outcome));
}

/** The statement behind it, for statements that end the assignment as well. */
export function reliabilityUpdate(workerId: string, outcome: 'answered' | 'lapsed'): Prisma.Sql {
  const target = outcome === 'answered' ? 1 : 0;
  return Prisma.sql`
    UPDATE workers SET reliability = reliability + ${WEIGHT}::float8 * (${target}::float8 - reliability)
     WHERE id = ${workerId}::uuid`;
}
