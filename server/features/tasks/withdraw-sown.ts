import { releaseHold } from '@/server/features/ledger';
import type { Tx } from '@/server/platform/db';
import { heldBy } from './held-by';
import { transition } from './transition';

/**
 * Ends golds and re-votes that nobody is at work on, and frees what they hold. Their worker hears of it
 * no more than of any task that somebody else has taken. One that is being answered stays.
 */
export async function withdrawSown(tx: Tx, taskIds: readonly string[]): Promise<void> {
  const withdrawn = [];
  for (const taskId of [...taskIds].sort()) {
    const move = { taskId, by: 'system', isUntaken: true };
    withdrawn.push(await transition(tx, { ...move, action: 'cancel' }));
  }
  // The balance is locked after every task, as all who close a hold do.
  for (const row of withdrawn) {
    if (row) await releaseHold(tx, { ...heldBy(row), reason: 'cancelled' });
  }
}
