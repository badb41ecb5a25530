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

/** A decision on an appeal, its decider, and the explanation its worker sees. */
export type Decision =
  | {
      status: 'upheld';
      by: AppealDecider;
      explanation: string;
      /** The correct answer; undefined if unknown. */
      truth: unknown;
    }
  | { status: 'dismissed'; by: Exclude<AppealDecider, 'time'>; explanation: string };

/**
 * What the customer sees when another answer is right; names nobody and excludes the worker's text.
 */
const REASONS: Record<AppealDecider, string> = {
  re_votes:
    'A worker appealed, and two other workers who did not know about it gave the same answer.',
  reviewer: 'A worker appealed, and a reviewer confirmed their answer.',
  time: 'A worker appealed.',
};

/**
 * Settles an appeal and everything that follows in one transaction. The appeal's row is the fence:
 * of two concurrent decisions, one wins and the other does nothing. Balances are locked last, as in
 * every payment.
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

/**
 * The correction sent to the customer if the delivered answer differs from the correct one, else
 * null.
 */
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

/** Cancels open questions about the appeal. @returns the re-votes that are still pending. */
async function findQuestions(tx: Tx, appeal: OpenAppeal): Promise<string[]> {
  await tx.review.updateMany({
    where: { appealId: appeal.id, status: 'open' },
    data: { status: 'void' },
  });
  return (await readReVotes(tx, appeal)).pendingTaskIds;
}

/** Writes the timeline, the organization's audit log, the worker's event stream, and an e-mail. */
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
