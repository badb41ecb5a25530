import type { Tx } from '@/server/platform/db';
import { announceOnline } from './set-online';

/** Looks for tasks for workers who are online and have just confirmed their address. */
export async function routeConfirmedWorker(tx: Tx, userId: string): Promise<void> {
  const workers = await tx.worker.findMany({
    where: { userId, online: true, status: 'active' },
    select: { id: true, mode: true },
  });
  if (workers.length > 0) await announceOnline(tx, workers);
}

/** Removes what a stranger may have set up to be paid for the work of an account's owner. */
export async function forgetPayoutDestination(tx: Tx, userId: string): Promise<void> {
  await tx.worker.updateMany({ where: { userId }, data: { payoutDestination: null } });
}
