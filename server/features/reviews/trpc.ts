import { memberProcedure, operatorProcedure, router } from '@/server/transport/trpc/init';
import { claimReview } from './claim-review';
import { decideReview } from './decide-review';
import { getReview } from './get-review';
import { countReviews, listReviews } from './list-reviews';
import { getReviewScope, setReviewScope } from './review-scope';
import { DecideReview, ListReviews, ReviewFilter, ReviewRef, ReviewScope } from './schema';
import { getReviewerAgreement } from './second-review';

const Queue = ReviewFilter.pick({ queue: true });

/**
 * For operators: reviews of the public pool, and on request those that organizations review
 * themselves.
 */
export const reviewsRouter = router({
  list: operatorProcedure
    .input(ListReviews)
    .query(({ ctx, input }) => listReviews(ctx.actor, input)),
  counts: operatorProcedure.input(Queue).query(({ ctx, input }) => countReviews(ctx.actor, input)),
  get: operatorProcedure.input(ReviewRef).query(({ ctx, input }) => getReview(ctx.actor, input)),
  claim: operatorProcedure
    .input(ReviewRef)
    .mutation(({ ctx, input }) => claimReview(ctx.actor, input)),
  decide: operatorProcedure
    .input(DecideReview)
    .mutation(({ ctx, input }) => decideReview(ctx.actor, input)),
  agreement: operatorProcedure.query(({ ctx }) => getReviewerAgreement(ctx.actor)),
});

/** For members: reviews of their own organization's tasks. */
export const ownReviewsRouter = router({
  list: memberProcedure.input(ListReviews).query(({ ctx, input }) => listReviews(ctx.actor, input)),
  counts: memberProcedure.input(Queue).query(({ ctx, input }) => countReviews(ctx.actor, input)),
  get: memberProcedure.input(ReviewRef).query(({ ctx, input }) => getReview(ctx.actor, input)),
  claim: memberProcedure
    .input(ReviewRef)
    .mutation(({ ctx, input }) => claimReview(ctx.actor, input)),
  decide: memberProcedure
    .input(DecideReview)
    .mutation(({ ctx, input }) => decideReview(ctx.actor, input)),
  scope: memberProcedure.query(({ ctx }) => getReviewScope(ctx.actor)),
  setScope: memberProcedure
    .input(ReviewScope)
    .mutation(({ ctx, input }) => setReviewScope(ctx.actor, input)),
  agreement: memberProcedure.query(({ ctx }) => getReviewerAgreement(ctx.actor)),
});
