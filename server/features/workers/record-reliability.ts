import type { Tx } from '@/server/platform/db';

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
  { workerId, organizationId, type }: Attended,
  outcome: 'answered' | 'lapsed',
): Promise<void> {
  const target = outcome === 'answered' ? 1 : 0;
  await tx.$executeRaw`
    UPDATE worker_type_records SET reliability = reliability + ${WEIGHT} * (${target} - reliability)
     WHERE worker_id = ${workerId}::uuid AND organization_id = ${organizationId}::uuid
       AND type = ${type}`;
  await tx.$executeRaw`
    UPDATE workers SET reliability = reliability + ${WEIGHT} * (${target} - reliability)
     WHERE id = ${workerId}::uuid`;
}
