import { z } from 'zod';
import {
  memberProcedure,
  operatorProcedure,
  router,
  workerProcedure,
} from '@/server/transport/trpc/init';
import { runBackTest } from './back-test/run-back-test';
import { testCheck } from './check/test-check';
import { getAgentVote } from './get-agent-vote';
import { getCredential, getStanding } from './get-standing';
import { listVotes } from './list-votes';
import { liftPauseByOperator, pauseTypeByOperator } from './manage-pauses';
import { LiftPause, PauseType, RunBackTest, TestCheck, TestRules } from './schema';
import { testRules } from './test-rules';

/** A worker's standing, as shown to the worker. */
export const standingRouter = router({
  get: workerProcedure.query(({ ctx }) => getStanding(ctx.actor)),
  pauseType: operatorProcedure
    .input(PauseType)
    .mutation(({ ctx, input }) => pauseTypeByOperator(ctx.actor, input)),
  liftPause: operatorProcedure
    .input(LiftPause)
    .mutation(({ ctx, input }) => liftPauseByOperator(ctx.actor, input)),
  credential: workerProcedure.query(({ ctx }) => getCredential(ctx.actor)),
});

/** Tests a type's rules before they are saved. */
export const rulesRouter = router({
  test: memberProcedure.input(TestRules).query(({ ctx, input }) => testRules(ctx.actor, input)),
});

/** Tests a check URL before it is saved. */
export const checksRouter = router({
  test: memberProcedure.input(TestCheck).mutation(({ ctx, input }) => testCheck(ctx.actor, input)),
});

/** A task's workers and answers, as shown to its customer. */
export const votesRouter = router({
  ofTask: memberProcedure
    .input(z.object({ taskId: z.string() }))
    .query(({ ctx, input }) => listVotes(ctx.actor, input.taskId)),
  ofAgent: memberProcedure
    .input(z.object({ taskId: z.string() }))
    .query(({ ctx, input }) => getAgentVote(ctx.actor, input.taskId)),
});

/** Back-tests other settings of a type. */
export const backTestRouter = router({
  run: memberProcedure.input(RunBackTest).query(({ ctx, input }) => runBackTest(ctx.actor, input)),
});
