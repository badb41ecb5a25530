import type { Review } from '@/prisma/generated/client';
import { audit } from '@/server/features/organizations';
import { recordTaskEvent } from '@/server/features/tasks';
import type { TaskContext } from '@/server/features/verification';
import type { Actor } from '@/server/platform/actor';
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

/** Says in the customer's audit log which person decided what, and why. */
export async function auditDecision(
  tx: Tx,
  actor: Actor,
  { review, input }: Deciding,
): Promise<void> {
  const { id, kind, type, taskId, organizationId } = review;
  const facts = { decision: input.decision, kind, type, task: taskId, reason: input.note ?? '' };
  await audit(tx, actor, 'review.decided', `review:${id}`, facts, organizationId);
}
