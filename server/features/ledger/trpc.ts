import {
  memberProcedure,
  operatorProcedure,
  router,
  workerProcedure,
} from '@/server/transport/trpc/init';
import { creditOrganization, reverseCredit } from './credit-organization';
import { depositPlaySats } from './deposit-play-sats';
import { listEarnings, listStatement } from './list-statement';
import { getBalance, workerBalance } from './queries';
import {
  CreditOrganization,
  DepositPlaySats,
  EarningsQuery,
  ReverseCredit,
  SetSpendLimits,
  StatementQuery,
} from './schema';
import { getSpendLimits, setSpendLimits } from './spend-limits';

export const ledgerRouter = router({
  balance: memberProcedure.query(({ ctx }) => getBalance(ctx.actor)),
  statement: memberProcedure
    .input(StatementQuery)
    .query(({ ctx, input }) => listStatement(ctx.actor, input)),
  depositPlaySats: memberProcedure
    .input(DepositPlaySats)
    .mutation(({ ctx, input }) => depositPlaySats(ctx.actor, input)),
  limits: memberProcedure.query(({ ctx }) => getSpendLimits(ctx.actor)),
  setLimits: memberProcedure
    .input(SetSpendLimits)
    .mutation(({ ctx, input }) => setSpendLimits(ctx.actor, input)),
  credit: operatorProcedure
    .input(CreditOrganization)
    .mutation(({ ctx, input }) => creditOrganization(ctx.actor, input)),
  reverseCredit: operatorProcedure
    .input(ReverseCredit)
    .mutation(({ ctx, input }) => reverseCredit(ctx.actor, input)),
  earnings: workerProcedure
    .input(EarningsQuery)
    .query(({ ctx, input }) => listEarnings(ctx.actor, input)),
  workerBalance: workerProcedure.query(({ ctx }) => workerBalance(ctx.actor)),
});
