import type { Review } from '@/prisma/generated/client';
import { audit } from '@/server/features/organizations';
import { recordTaskEvent } from '@/server/features/tasks';
import type { TaskContext } from '@/server/features/verification';
import type { Actor } from '@/server/platform/actor';
import type { Tx } from '@/server/platform/db';
import type { DecideReview } from './schema';

/** A decision with its context. */
export interface Deciding {
  review: Review;
  task: TaskContext;
  input: DecideReview;
  /** The decider's name in the timeline. */
  by: string;
}

/** Records the decision in the task's timeline; a blocked task is judged next. */
export async function recordDecision(tx: Tx, { review, input, by }: Deciding): Promise<void> {
  await recordTaskEvent(tx, {
    taskId: review.taskId,
    type: 'review.decided',
    by,
    data: { reviewId: review.id, decision: input.decision },
  });
}

/** Records the decision in the customer's audit log. */
export async function auditDecision(
  tx: Tx,
  actor: Actor,
  { review, input }: Deciding,
): Promise<void> {
  const { id, kind, type, taskId, organizationId } = review;
  const facts = { decision: input.decision, kind, type, task: taskId, reason: input.note ?? '' };
  await audit(tx, actor, 'review.decided', `review:${id}`, facts, organizationId);
}
