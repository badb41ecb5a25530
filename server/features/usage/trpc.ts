import { memberProcedure, router } from '@/server/transport/trpc/init';
import { getSpend } from './get-spend';
import { SpendQuery } from './schema';

/** Usage and spending, for the dashboard. */
export const usageRouter = router({
  spend: memberProcedure.input(SpendQuery).query(({ ctx, input }) => getSpend(ctx.actor, input)),
});
