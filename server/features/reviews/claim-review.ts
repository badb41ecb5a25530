import type { Prisma } from '@/prisma/generated/client';
import type { Actor } from '@/server/platform/actor';
import { clock } from '@/server/platform/clock';
import { db } from '@/server/platform/db';
import { NotFound } from '@/server/platform/errors';
import { isUuid } from '@/server/platform/ids';
import { assertImpartial, assertReviews, seesReview } from './access';
import { ReviewClaimed, ReviewClosed } from './errors';
import { CLAIM_MS } from './policy';
import type { ReviewRef } from './schema';

/** Open, and not claimed by anybody but `userId`. */
export function freeFor(userId: string | null): Prisma.ReviewWhereInput {
  return {
    status: 'open',
    OR: [
      { claimedUntil: null },
      { claimedUntil: { lte: clock.now() } },
      ...(userId === null ? [] : [{ claimedBy: userId }]),
    ],
  };
}

/**
 * Claims a review, so that no two reviewers decide the same one, and releases the reviewer's other
 * claims. Calling it again renews the claim.
 * @throws NotFound, Forbidden, ReviewClaimed 409, ReviewClosed 409
 */
export async function claimReview(
  actor: Actor,
  { reviewId }: ReviewRef,
): Promise<{ claimedUntil: Date }> {
  const reviewer = assertReviews(actor);
  const { userId } = reviewer;
  if (!isUuid(reviewId) || !(await seesReview(reviewer, reviewId))) {
    throw new NotFound('review', reviewId);
  }
  const review = await db.review.findUniqueOrThrow({ where: { id: reviewId } });
  await assertImpartial(reviewer, review);
  const claimedUntil = new Date(clock.nowMs() + CLAIM_MS);
  const { count } = await db.review.updateMany({
    where: { id: reviewId, ...freeFor(userId) },
    data: { claimedBy: userId, claimedUntil },
  });
  if (count === 0) throw await whyNotFree(reviewId);
  await db.review.updateMany({
    where: { mode: review.mode, status: 'open', claimedBy: userId, id: { not: reviewId } },
    data: { claimedBy: null, claimedUntil: null },
  });
  return { claimedUntil };
}

/** The error for a reviewer who could not claim it. */
export async function whyNotFree(reviewId: string): Promise<ReviewClaimed | ReviewClosed> {
  const { status, claimedUntil } = await db.review.findUniqueOrThrow({ where: { id: reviewId } });
  return status === 'open' && claimedUntil ? new ReviewClaimed(claimedUntil) : new ReviewClosed();
}
