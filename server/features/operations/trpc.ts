import { operatorProcedure, router } from '@/server/transport/trpc/init';
import { getInstance } from './get-instance';
import { getOverview } from './get-overview';
import { getSystem } from './get-system';
import { runAgain } from './run-again';
import { RunAgain, SendAgain } from './schema';
import { sendAgain } from './send-again';

/** The instance's state, for operators. */
export const operationsRouter = router({
  overview: operatorProcedure.query(({ ctx }) => getOverview(ctx.actor)),
  system: operatorProcedure.query(({ ctx }) => getSystem(ctx.actor)),
  instance: operatorProcedure.query(({ ctx }) => getInstance(ctx.actor)),
  runAgain: operatorProcedure
    .input(RunAgain)
    .mutation(({ ctx, input }) => runAgain(ctx.actor, input)),
  sendAgain: operatorProcedure
    .input(SendAgain)
    .mutation(({ ctx, input }) => sendAgain(ctx.actor, input)),
});
