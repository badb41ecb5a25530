import { clock } from '@/server/platform/clock';
import type { Tx } from '@/server/platform/db';
import { recordTaskEvent } from './transition';

/**
 * Says once that a verified task is completed: every payout has settled, or is kept for a worker
 * who withdraws later, which is no business of the customer's. Called in the transaction that settles
 * or keeps a payout; does nothing while others are open.
 */
export async function completeTask(
  tx: Tx,
  { taskId, isLocked = false }: { taskId: string; isLocked?: boolean },
): Promise<boolean> {
  // The task's row is the lock: of two payouts settling at once, the second sees the first.
  if (!isLocked) await tx.$queryRaw`SELECT 1 FROM tasks WHERE id = ${taskId}::uuid FOR UPDATE`;
  const [left] = await tx.$queryRaw<{ open: boolean }[]>`
    SELECT EXISTS (SELECT FROM payouts
                    WHERE task_id = ${taskId}::uuid AND status NOT IN ('paid', 'held')) AS open`;
  if (left?.open) return false;
  const row = await recordTaskEvent(tx, {
    taskId,
    type: 'task.completed',
    by: 'system',
    where: { status: 'verified', settledAt: null },
    set: { settledAt: clock.now() },
  });
  return row !== null;
}
