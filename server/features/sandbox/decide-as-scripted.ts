import { decideReview } from '@/server/features/reviews';
import type { SandboxScript } from '@/server/features/tasks/schema';
import { db } from '@/server/platform/db';
import { AppError } from '@/server/platform/errors';

const NOTE = 'By the simulated reviewer.';

/**
 * Decides a review as the task's script says; accepts by default.
 * @returns the decision, or why there is none: `wait` if a person decides, else the error code.
 */
export async function decideAsScripted(reviewId: string): Promise<string> {
  const review = await db.review.findUniqueOrThrow({ where: { id: reviewId } });
  const task = await db.task.findUniqueOrThrow({ where: { id: review.taskId } });
  const script = (task.sandbox ?? {}) as SandboxScript;
  const { decision, output } = script.reviewer ?? { decision: 'accept' as const };
  if (decision === 'wait') return decision;
  try {
    await decideReview(
      { kind: 'system', mode: 'test' },
      { reviewId, decision, note: NOTE, ...(decision === 'correct' ? { output } : {}) },
    );
    return decision;
  } catch (error) {
    // Another judgement or the deadline came first.
    if (error instanceof AppError && error.status < 500) return error.code;
    throw error;
  }
}
