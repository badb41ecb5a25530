import type { Prisma, Task as TaskRow } from '@/prisma/generated/client';
import { clock } from '@/server/platform/clock';
import type { Tx } from '@/server/platform/db';
import { SpendCapReached } from './errors';
import { insertTasks, prepareInsertion } from './insert-task';
import { holdFor } from './price';
import { sownDraft } from './sown-draft';

/** Who pays for a re-vote: the task's organization with a hold, or the platform. */
export type ReVotePayer = 'organization' | 'platform';

/**
 * Asks one worker the question of a task again, blind: an indistinguishable task of the same shape
 * that only this worker may take.
 * @returns its ID, or null if the organization is to pay and its balance does not cover it.
 * @throws SpendCapReached 403, without changes.
 */
export async function insertReVote(
  tx: Tx,
  input: { task: TaskRow; appealId: string; workerId: string; payer: ReVotePayer },
): Promise<string | null> {
  const { task, appealId, workerId, payer } = input;
  const { mode } = task;
  const draft = sownDraft({
    sibling: task,
    workerId,
    payload: task.payload,
    of: { appealId },
    heldSats: payer === 'organization' ? holdFor(1, task.payoutSats) : 0n,
    createdBy: `appeal:${appealId}`,
    createdAt: clock.now(),
    sandbox: mode === 'test' ? scriptFor(task) : null,
  });
  const insertion = prepareInsertion(draft, 'system');
  const { refusal } = await insertTasks((statement) => tx.$queryRaw(statement), [insertion]);
  if (refusal === 'funds') return null;
  if (refusal) throw new SpendCapReached(refusal);
  return draft.id;
}

/** Simulated workers know the task's own answer, and all of them answer. */
function scriptFor({ id, sandbox }: TaskRow): Prisma.InputJsonObject {
  const { outcome: _outcome, workers: _workers, ...script } = (sandbox ?? {}) as Prisma.JsonObject;
  return { seed: id, ...script } as Prisma.InputJsonObject;
}
