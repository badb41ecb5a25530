import { RateSettings } from '@/server/features/settings/schema';
import { operatorProcedure, router, userProcedure } from '@/server/transport/trpc/init';
import { chooseCurrency, getCurrencyChoice } from './display-currency';
import { ChooseCurrency } from './schema';
import { saveRates, viewRates } from './view-rates';

/** Exchange rates, and users' display currency. */
export const ratesRouter = router({
  view: operatorProcedure.query(() => viewRates()),
  save: operatorProcedure
    .input(RateSettings)
    .mutation(({ ctx, input }) => saveRates(ctx.actor, input)),
  choice: userProcedure.query(({ ctx }) => getCurrencyChoice(ctx.user)),
  choose: userProcedure
    .input(ChooseCurrency)
    .mutation(({ ctx, input }) => chooseCurrency(ctx.user, input)),
});
