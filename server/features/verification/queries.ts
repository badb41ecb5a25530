import type { Actor } from '@/server/platform/actor';
import { db } from '@/server/platform/db';
import { Forbidden } from '@/server/platform/errors';

/**
 * The reviews that wait for a reviewer in the operator's mode, blocking ones first, each with what
 * the reviewer needs.
 * @throws Forbidden for anybody but operators.
 */
export async function listOpenReviews(actor: Actor, limit = 50) {
  if (actor.kind !== 'operator') {
    throw new Forbidden('not_allowed', 'Reviews are for operators.');
  }
  const reviews = await db.review.findMany({
    where: { mode: actor.mode, status: 'open' },
    orderBy: [{ blocking: 'desc' }, { id: 'asc' }],
    take: Math.min(limit, 200),
  });
  const tasks = await db.task.findMany({
    where: { id: { in: reviews.map((review) => review.taskId) } },
    include: {
      answers: { include: { verdicts: true }, orderBy: { id: 'asc' } },
    },
  });
  const byId = new Map(tasks.map((task) => [task.id, task]));
  const appeals = await db.appeal.findMany({
    where: { id: { in: reviews.flatMap(({ appealId }) => appealId ?? []) } },
    select: { id: true, reason: true },
  });
  const wordOf = new Map(appeals.map(({ id, reason }) => [id, reason]));
  return reviews.flatMap((review) => {
    const task = byId.get(review.taskId);
    if (!task) return [];
    return [
      {
        id: review.id,
        blocking: review.blocking,
        reason: review.reason,
        proposed: review.proposed,
        /** What the worker says whose appeal it decides; null on other reviews. */
        appeal: review.appealId ? (wordOf.get(review.appealId) ?? '') : null,
        createdAt: review.createdAt,
        task: {
          id: task.id,
          type: task.type,
          riskTier: task.riskTier,
          status: task.status,
          payload: task.payload as Record<string, unknown>,
          outputSchema: task.outputSchema as Record<string, unknown>,
          instructions: task.instructions,
          expiresAt: task.expiresAt,
        },
        // Workers stay unnamed: a reviewer judges the answer.
        answers: task.answers.map((answer, index) => ({
          label: `Worker ${index + 1}`,
          output: answer.output,
          status: answer.status,
          elapsedMs: answer.elapsedMs,
          verdicts: answer.verdicts.map(({ stage, verdict, message, score }) => ({
            stage,
            verdict,
            message,
            score,
          })),
        })),
      },
    ];
  });
}
