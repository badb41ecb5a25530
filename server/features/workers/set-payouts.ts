import type { Worker } from '@/prisma/generated/client';
import type { WorkerActor } from '@/server/platform/actor';
import type { Tx } from '@/server/platform/db';

/**
 * Sets how, where and when a worker is paid, for payouts created from now on.
 * @param onlyFrom only change it if this is the current value.
 * @returns false if there is no such worker.
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
  onlyFrom: Partial<Pick<Worker, 'payoutDestination'>> = {},
): Promise<boolean> {
  const { count } = await tx.worker.updateMany({
    where: { id: actor.workerId, mode: actor.mode, ...onlyFrom },
    data: set,
  });
  return count === 1;
}
