import type { AppealDecider } from '@/prisma/generated/client';
import { enqueueEmail } from '@/server/features/emails';
import { retireGold } from '@/server/features/golds';
import { audit } from '@/server/features/organizations';
import { differsFromDelivered, recordCorrection } from '@/server/features/reviews';
import { lockTask, recordTaskEvent, withdrawSown } from '@/server/features/tasks';
import { labelWonAppeal } from '@/server/features/verification';
import { SYSTEM } from '@/server/platform/actor';
import { clock } from '@/server/platform/clock';
import { type Tx, transaction } from '@/server/platform/db';
import type { OpenAppeal } from './ask-about-appeal';
import { oweAnswer, payAnswer, restoreAnswer } from './overturn-answer';
import { readReVotes } from './re-votes';

/** What was decided on an appeal, by whom, and what its worker reads of it. */
export type Decision =
  | {
      status: 'upheld';
      by: AppealDecider;
      explanation: string;
      /** What is right; undefined where nobody has said. */
      truth: unknown;
    }
  | { status: 'dismissed'; by: Exclude<AppealDecider, 'time'>; explanation: string };

/** Why the customer reads that another answer is right; nobody is named, and what the worker reads is theirs. */
const REASONS: Record<AppealDecider, string> = {
  re_votes: 'A worker appealed, and two others who did not know of it gave the same answer.',
  reviewer: 'A worker appealed, and a reviewer found that answer right.',
  time: 'A worker appealed.',
};

/**
 * Settles an appeal, with all that follows, in one transaction. The appeal's row is the fence: of two
 * decisions at once, one moves it, and the other does nothing. Balances are locked last, as by all who
 * pay.
 * @returns whether this call settled it.
 */
export async function settleAppeal(appeal: OpenAppeal, decision: Decision): Promise<boolean> {
  const { goldId } = appeal.task;
  const lesson =
    decision.status === 'upheld' && decision.truth !== undefined
      ? await labelWonAppeal(appeal, decision.truth)
      : null;
  const correction = lesson && (await correctionBy(appeal, decision));
  return transaction(async (tx) => {
    await lockTask(tx, appeal.taskId);
    const { count } = await tx.appeal.updateMany({
      where: { id: appeal.id, status: 'open' },
      data: {
        status: decision.status,
        decidedBy: decision.by,
        explanation: decision.explanation,
        decidedAt: clock.now(),
      },
    });
    if (count === 0) return false;
    const isOwed = decision.status === 'upheld' && (await restoreAnswer(tx, appeal, lesson));
    if (isOwed) await oweAnswer(tx, appeal);
    await tell(tx, appeal, decision);
    const waiting = await findQuestions(tx, appeal);
    if (lesson && goldId) {
      waiting.push(...((await retireGold(tx, goldId, 'overturned', { appeal: appeal.id })) ?? []));
    }
    if (correction) await recordCorrection(tx, correction);
    await withdrawSown(tx, waiting);
    if (isOwed) await payAnswer(tx, appeal);
    return true;
  });
}

/** Tells the customer where what was delivered is not what was found right; null where it is. */
async function correctionBy({ id, task }: OpenAppeal, decision: Decision) {
  if (decision.status !== 'upheld' || task.status !== 'verified' || task.reservedFor !== null) {
    return null;
  }
  const { truth: output, by } = decision;
  if (!(await differsFromDelivered(task, output))) return null;
  const reason = REASONS[by];
  return {
    taskId: task.id,
    decision: 'correct',
    output,
    reason,
    by: 'system',
    data: { appealId: id },
  } as const;
}

/** What was asked about it is asked no more. @returns the re-votes that may still come. */
async function findQuestions(tx: Tx, appeal: OpenAppeal): Promise<string[]> {
  await tx.review.updateMany({
    where: { appealId: appeal.id, status: 'open' },
    data: { status: 'void' },
  });
  return (await readReVotes(tx, appeal)).pendingTaskIds;
}

/** The timeline and the log of the task's organization, its worker's open pages, and an e-mail. */
async function tell(
  tx: Tx,
  { id, taskId, task, workerId, answer, organizationId, type }: OpenAppeal,
  { status, by, explanation }: Decision,
): Promise<void> {
  await recordTaskEvent(tx, {
    taskId,
    type: `appeal.${status}`,
    by: 'system',
    data: { appealId: id, assignmentId: answer.assignmentId, workerId, decidedBy: by },
  });
  const subject = task.goldId === null ? `task:${taskId}` : `gold:${task.goldId}`;
  const facts = { appeal: id, decided_by: by, type };
  await audit(tx, SYSTEM, `appeal.${status}`, subject, facts, organizationId);
  const worker = await tx.worker.findUniqueOrThrow({
    where: { id: workerId },
    select: { displayName: true, user: { select: { email: true } } },
  });
  if (!worker.user) return;
  await enqueueEmail(tx, {
    to: worker.user.email,
    template: 'appeal-decided',
    data: {
      name: worker.displayName,
      upheld: status === 'upheld',
      type,
      explanation,
      path: '/work/history?verdict=appealed',
    },
  });
}
