import { operatorProcedure, router } from '@/server/transport/trpc/init';
import { adjustAccount, reverseAdjustment } from './adjust-account';
import { listAdjustments } from './list-adjustments';
import { AdjustAccount, ListAdjustments, ReverseAdjustment } from './schema';

export const adjustmentsRouter = router({
  list: operatorProcedure
    .input(ListAdjustments)
    .query(({ ctx, input }) => listAdjustments(ctx.actor, input)),
  adjust: operatorProcedure
    .input(AdjustAccount)
    .mutation(({ ctx, input }) => adjustAccount(ctx.actor, input)),
  reverse: operatorProcedure
    .input(ReverseAdjustment)
    .mutation(({ ctx, input }) => reverseAdjustment(ctx.actor, input)),
});
