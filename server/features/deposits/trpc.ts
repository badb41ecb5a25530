import { memberProcedure, router } from '@/server/transport/trpc/init';
import { createDeposit } from './create-deposit';
import { areDepositsOffered, getDeposit, listDeposits } from './queries';
import { AddFunds, DepositsQuery, OneDeposit } from './schema';

export const depositsRouter = router({
  offered: memberProcedure.query(({ ctx }) => areDepositsOffered(ctx.actor)),
  create: memberProcedure
    .input(AddFunds)
    .mutation(({ ctx, input }) => createDeposit(ctx.actor, input)),
  get: memberProcedure.input(OneDeposit).query(({ ctx, input }) => getDeposit(ctx.actor, input.id)),
  list: memberProcedure
    .input(DepositsQuery)
    .query(({ ctx, input }) => listDeposits(ctx.actor, input)),
});
