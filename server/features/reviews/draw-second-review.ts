import { Prisma } from '@/prisma/generated/client';
import { drawOf } from '@/server/features/verification';
import { clock } from '@/server/platform/clock';
import type { Tx } from '@/server/platform/db';
import { newId } from '@/server/platform/ids';
import { jsonColumn } from '@/server/platform/json-column';
import { hasOtherReviewers } from './access';
import type { Deciding } from './deciding';

/**
 * Draws whether another reviewer decides the same review blind. Null if not drawn, or if there is
 * no other reviewer.
 */
export async function drawSecondReview(
  { review, task }: Deciding,
  userId: string,
): Promise<((tx: Tx) => Promise<void>) | null> {
  if (review.kind !== 'escalated' && review.kind !== 'spot_check') return null;
  const rate = task.policy.qa.secondReviewRate;
  if (drawOf('second-review', review.id) >= rate) return null;
  if (!(await hasOtherReviewers(userId, review))) return null;
  return async (tx) => {
    await tx.review.create({
      data: {
        id: newId(),
        taskId: review.taskId,
        organizationId: review.organizationId,
        mode: review.mode,
        type: review.type,
        kind: 'second_review',
        queue: review.queue,
        blocking: false,
        reason: review.reason,
        proposed: review.proposed === null ? Prisma.DbNull : jsonColumn(review.proposed),
        samplingProbability: rate,
        secondOf: review.id,
        createdAt: clock.now(),
      },
    });
  };
}
