import { z } from 'zod';
import {
  memberProcedure,
  operatorProcedure,
  router,
  workerProcedure,
} from '@/server/transport/trpc/init';
import { decideReview } from './decide-review';
import { getCredential, getStanding } from './get-standing';
import { listVotes } from './list-votes';
import { listOpenReviews } from './queries';
import { DecideReview, TestRules } from './schema';
import { testRules } from './test-rules';

export const reviewsRouter = router({
  list: operatorProcedure.query(({ ctx }) => listOpenReviews(ctx.actor)),
  decide: operatorProcedure
    .input(DecideReview)
    .mutation(({ ctx, input }) => decideReview(ctx.actor, input)),
});

/** How a worker stands, as the worker sees it. */
export const standingRouter = router({
  get: workerProcedure.query(({ ctx }) => getStanding(ctx.actor)),
  credential: workerProcedure.query(({ ctx }) => getCredential(ctx.actor)),
});

/** Rules of a type before they are saved. */
export const rulesRouter = router({
  test: memberProcedure.input(TestRules).query(({ ctx, input }) => testRules(ctx.actor, input)),
});

/** Who answered a task and how, as its customer sees it. */
export const votesRouter = router({
  ofTask: memberProcedure
    .input(z.object({ taskId: z.string() }))
    .query(({ ctx, input }) => listVotes(ctx.actor, input.taskId)),
});
