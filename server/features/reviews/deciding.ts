import type { Review } from '@/prisma/generated/client';
import { recordTaskEvent } from '@/server/features/tasks';
import type { TaskContext } from '@/server/features/verification';
import type { Tx } from '@/server/platform/db';
import type { DecideReview } from './schema';

/** A decision with what it is about. */
export interface Deciding {
  review: Review;
  task: TaskContext;
  input: DecideReview;
  /** Whom the timeline names. */
  by: string;
}

/** Says in the task's timeline that a reviewer decided; a task that waits for it is judged then. */
export async function recordDecision(tx: Tx, { review, input, by }: Deciding): Promise<void> {
  await recordTaskEvent(tx, {
    taskId: review.taskId,
    type: 'review.decided',
    by,
    data: { reviewId: review.id, decision: input.decision },
  });
}
