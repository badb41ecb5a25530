import { assertNotSuspended } from '@/server/features/organizations';
import type { PurchaseActor } from '@/server/platform/actor';
import { type Tx, transaction } from '@/server/platform/db';
import { type CreatedTask, createFromDraft, replayOf } from './create-task';
import { insertTasks } from './insert-task';
import type { TaskDraft } from './prepare-task';

/**
 * Creates the task of a purchase; its idempotency key identifies the purchase.
 * @param guard runs first in the creating transaction, holds its locks until the task exists, and
 * throws to prevent it.
 * @throws errors of `createTask` and of `guard`.
 */
export async function createPrepaidTask(
  customer: PurchaseActor,
  draft: TaskDraft,
  guard: (tx: Tx) => Promise<void>,
): Promise<CreatedTask> {
  const before = await replayOf(draft);
  if (before) return before;
  await assertNotSuspended(customer.organizationId);
  return createFromDraft(customer, draft, (insertion) =>
    transaction(async (tx) => {
      await guard(tx);
      const { refusal, created } = await insertTasks((sql) => tx.$queryRaw(sql), [insertion]);
      return { refusal, task: created.get(draft.id) };
    }),
  );
}
