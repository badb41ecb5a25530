import { clock } from '@/server/platform/clock';
import type { Tx } from '@/server/platform/db';

/**
 * Serves a gold no more.
 * @returns the tasks by which workers are still to be asked it, for the caller to withdraw.
 */
export async function retireGold(tx: Tx, goldId: string): Promise<string[]> {
  await tx.gold.updateMany({
    where: { id: goldId, retiredAt: null },
    data: { retiredAt: clock.now() },
  });
  return findWaiting(tx, goldId);
}

/** The tasks by which workers are asked a gold, and that have not ended. */
export async function findWaiting(tx: Tx, goldId: string): Promise<string[]> {
  const rows = await tx.task.findMany({
    where: { goldId, completedAt: null },
    select: { id: true },
  });
  return rows.map(({ id }) => id);
}
