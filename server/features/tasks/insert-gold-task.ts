import type { Prisma } from '@/prisma/generated/client';
import type { Tx } from '@/server/platform/db';
import { SpendCapReached } from './errors';
import { insertTasks, prepareInsertion } from './insert-task';
import { holdFor } from './price';
import { type Sibling, sownDraft } from './sown-draft';

/**
 * Inserts a gold as a task that one worker alone may see and take: shaped as its sibling, at most one
 * vote, held for as any task. It can be told from the sibling by nothing the worker is shown.
 * @param createdAt when it is to have been asked; its id and its end follow from that.
 * @returns its id, or null where the organization cannot cover it: nothing was done.
 * @throws SpendCapReached 403: nothing was done.
 */
export async function insertGoldTask(
  tx: Tx,
  input: {
    gold: { id: string; payload: Prisma.JsonValue };
    sibling: Sibling;
    workerId: string;
    /** Names what it was sown for, such as `gold:<answer>`. */
    createdBy: string;
    createdAt: Date;
    /** What a simulated worker is told to do with it. */
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
