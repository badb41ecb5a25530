import { assertNotSuspended } from '@/server/features/organizations';
import type { PurchaseActor } from '@/server/platform/actor';
import { type Tx, transaction } from '@/server/platform/db';
import { type CreatedTask, createFromDraft, replayOf } from './create-task';
import { insertTasks } from './insert-task';
import type { TaskDraft } from './prepare-task';

/**
 * Creates the one task of a purchase, which its idempotency key names.
 * @param guard runs first in the transaction that creates it, and throws where it must not: it holds what it
 *   locks until the task is there.
 * @throws as `createTask` does, and whatever `guard` throws.
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
