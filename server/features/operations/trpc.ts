import { operatorProcedure, router } from '@/server/transport/trpc/init';
import { getOverview, getSystem } from './get-system';
import { SendAgain } from './schema';
import { sendAgain } from './send-again';

/** How the instance is, for those who run it. */
export const operationsRouter = router({
  overview: operatorProcedure.query(({ ctx }) => getOverview(ctx.actor)),
  system: operatorProcedure.query(({ ctx }) => getSystem(ctx.actor)),
  sendAgain: operatorProcedure
    .input(SendAgain)
    .mutation(({ ctx, input }) => sendAgain(ctx.actor, input)),
});
