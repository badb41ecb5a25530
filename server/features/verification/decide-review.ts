import { Prisma } from '@/prisma/generated/client';
import { lockTask, recordTaskEvent } from '@/server/features/tasks';
import { type Actor, actorLabel } from '@/server/platform/actor';
import { clock } from '@/server/platform/clock';
import { db, transaction } from '@/server/platform/db';
import { Conflict, Forbidden, InvalidRequest, NotFound } from '@/server/platform/errors';
import { isUuid } from '@/server/platform/ids';
import { jsonColumn } from '@/server/platform/json-column';
import { validateOutput } from '@/server/platform/json-schema';
import { kickOutbox } from '@/server/platform/outbox';
import type { LabelledFacet } from './consensus/labelled-facets';
import type { EvidenceOwner } from './evidence';
import { labelAnswers } from './label-answers';
import { loadTaskContext } from './load-context';
import { recordEvidence } from './record-evidence';
import type { DecideReview } from './schema';
import type { Json } from './stage';

/** 409: somebody else decided, or the task ended first. */
export class ReviewClosed extends Conflict {
  constructor() {
    super('review_closed', 'This review is over: it was decided, or its task has ended.');
  }
}

/**
 * A reviewer's word on a task: accept, correct (with the right answer) or reject. It settles a
 * blocking review; an audit is evidence for those who voted, in the same transaction. A review of an
 * appeal changes nothing by itself: `review.decided` has the appeal settled.
 * @throws Forbidden for anybody but operators, and for a reviewer who voted on the task; NotFound;
 * InvalidRequest where a correction does not satisfy the task's schema, or an appeal is turned down
 * without a note; OutputsTooLarge 413;
 * ReviewClosed 409.
 */
export async function decideReview(actor: Actor, input: DecideReview): Promise<void> {
  if (actor.kind !== 'operator' && actor.kind !== 'system') {
    throw new Forbidden('not_allowed', 'Reviews are decided by operators.');
  }
  const review = isUuid(input.reviewId)
    ? await db.review.findUnique({ where: { id: input.reviewId } })
    : null;
  if (!review || (actor.mode && actor.mode !== review.mode)) {
    throw new NotFound('review', input.reviewId);
  }
  await assertSensible(actor, input, review.taskId);
  if (review.appealId) assertExplained(input);
  // A blocking review is counted with the judgement that it leads to, that of an appeal as it is settled.
  const isAudit = !review.blocking && review.appealId === null;
  const audit = isAudit ? await labelAudit(review.taskId, input) : null;
  const decided = await transaction(async (tx) => {
    await lockTask(tx, review.taskId);
    const { count } = await tx.review.updateMany({
      where: { id: review.id, status: 'open' },
      data: {
        status: 'decided',
        decision: input.decision,
        output: input.decision === 'correct' ? jsonColumn(input.output) : Prisma.DbNull,
        note: input.note ?? null,
        reviewerId: actor.kind === 'operator' ? actor.userId : 'system',
        decidedAt: clock.now(),
      },
    });
    if (count === 0) return false;
    if (audit) await recordEvidence(tx, audit.scope, audit.labelled, review.weight, review.taskId);
    await recordTaskEvent(tx, {
      taskId: review.taskId,
      type: 'review.decided',
      by: actorLabel(actor),
      data: { reviewId: review.id, decision: input.decision },
    });
    return true;
  });
  if (!decided) throw new ReviewClosed();
  kickOutbox();
}

/** What an audit says of everybody whose answer counted; a rejection does not say what is right. */
async function labelAudit(
  taskId: string,
  { decision, output }: DecideReview,
): Promise<{ scope: EvidenceOwner; labelled: LabelledFacet[] } | null> {
  const task = await loadTaskContext(taskId);
  const truth = decision === 'correct' ? output : task.row.output;
  if (decision === 'reject' || truth === null || truth === undefined) return null;
  const answers = await db.answer.findMany({
    where: { taskId, status: 'accepted' },
    orderBy: { id: 'asc' },
  });
  const known = { output: truth as Json, partial: false };
  return { scope: task.scope, labelled: await labelAnswers(task, answers, known) };
}

/** The worker who appealed reads why not. */
function assertExplained({ decision, note }: DecideReview): void {
  if (decision === 'accept' || note?.trim()) return;
  throw new InvalidRequest('Say why in the note: the worker who appealed reads it.', {
    param: 'note',
  });
}

async function assertSensible(actor: Actor, input: DecideReview, taskId: string): Promise<void> {
  if (actor.kind === 'operator') {
    const voted = await db.answer.findFirst({
      where: { taskId, workerId: { in: await workersOf(actor.userId) } },
    });
    if (voted) throw new Forbidden('reviewer_voted', 'You answered this task yourself.');
  }
  if (input.decision !== 'correct') return;
  const task = await db.task.findUniqueOrThrow({ where: { id: taskId } });
  const schema = task.outputSchema as Record<string, unknown>;
  const check = await validateOutput(schema, input.output, 'output');
  if (check.ok) return;
  throw new InvalidRequest('The correction does not satisfy the task’s schema.', {
    param: 'output',
    details: check.errors,
  });
}

async function workersOf(userId: string): Promise<string[]> {
  const workers = await db.worker.findMany({ where: { userId }, select: { id: true } });
  return workers.map((worker) => worker.id);
}
