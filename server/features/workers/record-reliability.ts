import type { Tx } from '@/server/platform/db';

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
  const target = outcome === 'answered' ? 1 : 0;
  await tx.$executeRaw`
    UPDATE workers SET reliability = reliability + ${WEIGHT} * (${target} - reliability)
     WHERE id = ${workerId}::uuid`;
}
