import { resolveTaskType } from '@/server/features/task-types';
import { findAgreement } from '@/server/features/verification';
import type { Actor } from '@/server/platform/actor';
import { db } from '@/server/platform/db';
import { NotFound } from '@/server/platform/errors';
import { isUuid } from '@/server/platform/ids';
import { formSchemaOf } from '@/server/platform/json-schema';
import { assertImpartial, assertReviews, seesReview } from './access';
import type { ReviewDetail, ReviewRef } from './schema';

/**
 * One review: the task as its worker saw it, every answer anonymously, and the stages' verdicts. A
 * second review hides the first one's outcome to avoid bias.
 * @throws NotFound; Forbidden if the actor was involved in the task.
 */
export async function getReview(actor: Actor, { reviewId }: ReviewRef): Promise<ReviewDetail> {
  const reviewer = assertReviews(actor);
  if (!isUuid(reviewId) || !(await seesReview(reviewer, reviewId))) {
    throw new NotFound('review', reviewId);
  }
  const review = await db.review.findUniqueOrThrow({ where: { id: reviewId } });
  await assertImpartial(reviewer, review);
  const task = await db.task.findUniqueOrThrow({
    where: { id: review.taskId },
    include: {
      answers: {
        where: {
          status: { not: 'superseded' },
          ...(review.secondOf === null ? {} : { createdAt: { lte: review.createdAt } }),
        },
        orderBy: { id: 'asc' },
        include: { verdicts: { orderBy: { id: 'asc' } } },
      },
    },
  });
  const isBlind = review.secondOf !== null;
  const schema = task.outputSchema as Record<string, unknown>;
  const [type, outputSchema, agreeing, appeal] = await Promise.all([
    resolveTaskType(task),
    formSchemaOf(schema),
    findAgreement(schema, review.proposed, task.answers),
    review.appealId === null
      ? null
      : db.appeal.findUniqueOrThrow({ where: { id: review.appealId }, select: { reason: true } }),
  ]);
  const verdicts = task.answers.flatMap((answer) => answer.verdicts);
  return {
    id: review.id,
    kind: review.kind,
    blocking: review.blocking,
    status: review.status,
    reason: review.reason,
    appeal: appeal?.reason ?? null,
    why: verdicts.find(({ reasonCode }) => reasonCode === review.reason)?.message ?? null,
    samplingProbability: review.samplingProbability,
    proposed: review.proposed,
    createdAt: review.createdAt,
    task: {
      id: task.id,
      title: type?.title ?? task.type,
      riskTier: task.riskTier,
      status: isBlind ? null : task.status,
      payload: task.payload as Record<string, unknown>,
      payloadUi: type?.payloadUi ?? {},
      instructions: task.instructions || (type?.instructions ?? ''),
      outputSchema,
      expiresAt: task.expiresAt,
    },
    answers: task.answers.map((answer) => ({
      id: answer.id,
      output: answer.output,
      status: isBlind ? null : answer.status,
      seconds: answer.elapsedMs / 1_000,
      agrees: agreeing.has(answer.id),
      verdicts: answer.verdicts
        .filter(({ stage }) => !(isBlind && stage === 'qa'))
        .map(({ stage, verdict, message, score }) => ({ stage, verdict, message, score })),
    })),
  };
}
