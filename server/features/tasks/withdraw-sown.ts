import { releaseHold } from '@/server/features/ledger';
import type { Tx } from '@/server/platform/db';
import { heldBy } from './held-by';
import { transition } from './transition';

/**
 * Ends golds and re-votes that nobody has started, and releases their holds. To their worker this
 * looks as if somebody else took the task. Started ones are kept.
 */
export async function withdrawSown(tx: Tx, taskIds: readonly string[]): Promise<void> {
  const withdrawn = [];
  for (const taskId of [...taskIds].sort()) {
    const move = { taskId, by: 'system', isUntaken: true };
    withdrawn.push(await transition(tx, { ...move, action: 'cancel' }));
  }
  // Balances are locked after all tasks, as everywhere.
  for (const row of withdrawn) {
    if (row) await releaseHold(tx, { ...heldBy(row), reason: 'cancelled' });
  }
}
