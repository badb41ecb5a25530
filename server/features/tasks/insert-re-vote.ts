import type { Prisma, Task as TaskRow } from '@/prisma/generated/client';
import { clock } from '@/server/platform/clock';
import type { Tx } from '@/server/platform/db';
import { insertTasks } from './insert-task';
import { holdFor } from './price';
import { sownDraft } from './sown-draft';
import { assertWithinCaps, capsOf } from './spend-cap';

/** Who pays for a re-vote: the task's organization by a hold as for any task, or the platform. */
export type ReVotePayer = 'organization' | 'platform';

/**
 * Asks one worker the question of a task again, blind: a task of the same shape that this worker alone
 * may see and take, and that nothing tells from others.
 * @returns its id, or null where the organization is to pay and its balance does not cover it: nothing
 * was done.
 * @throws SpendCapReached 403; the transaction must then be rolled back.
 */
export async function insertReVote(
  tx: Tx,
  input: { task: TaskRow; appealId: string; workerId: string; payer: ReVotePayer },
): Promise<string | null> {
  const { task, appealId, workerId, payer } = input;
  const { organizationId, mode } = task;
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
  const spender = { kind: 'system', organizationId, mode } as const;
  const caps = payer === 'organization' ? await capsOf(spender) : [];
  const { funded } = await insertTasks((statement) => tx.$queryRaw(statement), [draft], 'system');
  if (!funded) return null;
  await assertWithinCaps(tx, spender, caps);
  return draft.id;
}

/** Simulated workers know the same answer as for the task itself, and all of them answer. */
function scriptFor({ id, sandbox }: TaskRow): Prisma.InputJsonObject {
  const { outcome: _outcome, workers: _workers, ...script } = (sandbox ?? {}) as Prisma.JsonObject;
  return { seed: id, ...script } as Prisma.InputJsonObject;
}
