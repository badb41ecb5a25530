import { insufficientFunds } from '@/server/features/ledger';
import { assertNotSuspended } from '@/server/features/organizations';
import { actorLabel, type PurchaseActor } from '@/server/platform/actor';
import { db, type Tx, transaction } from '@/server/platform/db';
import { type CreatedTask, faultOf, replayOf } from './create-task';
import { SpendCapReached } from './errors';
import { insertTasks, prepareInsertion } from './insert-task';
import type { TaskDraft } from './prepare-task';
import { announceOpenTasks } from './routing-hint';

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
  const fault = await faultOf(draft);
  if (fault) throw fault;
  const { refusal, created } = await transaction(async (tx) => {
    await guard(tx);
    const insertion = prepareInsertion(draft, actorLabel(customer));
    return insertTasks((statement) => tx.$queryRaw(statement), [insertion]);
  });
  const task = created.get(draft.id);
  if (task) {
    announceOpenTasks([draft.id]);
    return { task, replayed: false };
  }
  const replay = await replayOf(draft);
  if (replay) return replay;
  if (refusal === 'funds') {
    throw await insufficientFunds(db, { ...draft, holds: [{ amountSats: draft.heldSats }] });
  }
  if (refusal) throw new SpendCapReached(refusal);
  throw new Error('The task of a purchase was there, and then was not.');
}
