import type { Prisma } from '@/prisma/generated/client';
import type { Tx } from '@/server/platform/db';
import { SpendCapReached } from './errors';
import { insertTasks, prepareInsertion } from './insert-task';
import { holdFor } from './price';
import { type Sibling, sownDraft } from './sown-draft';

/**
 * Inserts a gold as a task for one worker only: shaped like its sibling, with at most one vote, and
 * held for like any task. The worker cannot distinguish it from its sibling.
 * @param createdAt the creation time it should carry; determines its ID and deadline.
 * @returns its ID, or null if the organization's balance does not cover it.
 * @throws SpendCapReached 403, without changes.
 */
export async function insertGoldTask(
  tx: Tx,
  input: {
    gold: { id: string; payload: Prisma.JsonValue };
    sibling: Sibling;
    workerId: string;
    /** What it was sown for, such as `gold:<answer>`. */
    createdBy: string;
    createdAt: Date;
    /** The script of a simulated worker. */
    sandbox?: Prisma.InputJsonObject | null;
  },
): Promise<string | null> {
  const { gold, sibling, workerId, createdBy, createdAt, sandbox = null } = input;
  const draft = sownDraft({
    sibling,
    workerId,
    payload: gold.payload,
    of: { goldId: gold.id },
    heldSats: holdFor(1, sibling.payoutSats),
    createdBy,
    createdAt,
    sandbox,
  });
  const insertion = prepareInsertion(draft, 'system');
  const { refusal } = await insertTasks((statement) => tx.$queryRaw(statement), [insertion]);
  if (refusal === 'funds') return null;
  if (refusal) throw new SpendCapReached(refusal);
  return draft.id;
}
