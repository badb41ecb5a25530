import { operatorProcedure, router } from '@/server/transport/trpc/init';
import { getOffering, saveOffering } from './offering';
import { SaveOffering } from './schema';

/** Tasks without an API key, configured by operators. */
export const l402Router = router({
  get: operatorProcedure.query(({ ctx }) => getOffering(ctx.actor)),
  save: operatorProcedure
    .input(SaveOffering)
    .mutation(({ ctx, input }) => saveOffering(ctx.actor, input)),
});
