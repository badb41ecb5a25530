import type { Worker } from '@/prisma/generated/client';
import type { WorkerActor } from '@/server/platform/actor';
import type { Tx } from '@/server/platform/db';
import { NotFound } from '@/server/platform/errors';

/**
 * Says how and where a worker is paid, or when payouts leave; for payouts made from now on.
 * @throws NotFound
 */
export async function setWorkerPayouts(
  tx: Tx,
  actor: WorkerActor,
  set: Partial<
    Pick<
      Worker,
      | 'payoutRail'
      | 'payoutDestination'
      | 'payoutMinSats'
      | 'payoutMaxSats'
      | 'payoutTiming'
      | 'payoutThresholdSats'
      | 'payoutsHeldUntil'
    >
  >,
): Promise<void> {
  const { count } = await tx.worker.updateMany({
    where: { id: actor.workerId, mode: actor.mode },
    data: set,
  });
  if (count === 0) throw new NotFound('worker');
}
