import type { WorkerActor } from '@/server/platform/actor';
import type { Tx } from '@/server/platform/db';
import { NotFound } from '@/server/platform/errors';

/**
 * Says where a worker's payouts go, or when they leave; for payouts made from now on.
 * @throws NotFound
 */
export async function setWorkerPayouts(
  tx: Tx,
  actor: WorkerActor,
  set: { payoutDestination?: string | null; payoutTiming?: 'at_once' | 'on_withdrawal' },
): Promise<void> {
  const { count } = await tx.worker.updateMany({
    where: { id: actor.workerId, mode: actor.mode },
    data: set,
  });
  if (count === 0) throw new NotFound('worker');
}
