import type { Tx } from '@/server/platform/db';
import { announceOnline } from './set-online';

/** Routes tasks to online workers who have just confirmed their address. */
export async function routeConfirmedWorker(tx: Tx, userId: string): Promise<void> {
  const workers = await tx.worker.findMany({
    where: { userId, online: true, status: 'active' },
    select: { id: true, mode: true },
  });
  if (workers.length > 0) await announceOnline(tx, workers);
}

/** Removes payout destinations that a stranger may have set before the owner proved the address. */
export async function forgetPayoutDestination(tx: Tx, userId: string): Promise<void> {
  await tx.worker.updateMany({ where: { userId }, data: { payoutDestination: null } });
}
