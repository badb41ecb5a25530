import { operatorProcedure, router } from '@/server/transport/trpc/init';
import { assertOperator } from './access';
import { checkNow, latestCheck } from './check-ledger';
import { closeMonth } from './close-month';
import { getAccounts } from './get-accounts';
import { listMonthOrganizations, listMonths } from './list-months';
import { MonthOrganizations, MonthRef } from './schema';

/** The books of the instance, for operators. */
export const booksRouter = router({
  accounts: operatorProcedure.query(({ ctx }) => getAccounts(ctx.actor)),
  latestCheck: operatorProcedure.query(({ ctx }) => {
    assertOperator(ctx.actor);
    return latestCheck();
  }),
  check: operatorProcedure.mutation(({ ctx }) => checkNow(ctx.actor)),
  months: operatorProcedure.query(({ ctx }) => listMonths(ctx.actor)),
  closeMonth: operatorProcedure
    .input(MonthRef)
    .mutation(({ ctx, input }) => closeMonth(ctx.actor, input)),
  monthOrganizations: operatorProcedure
    .input(MonthOrganizations)
    .query(({ ctx, input }) => listMonthOrganizations(ctx.actor, input)),
});
