import { operatorProcedure, router } from '@/server/transport/trpc/init';
import { getReconciliation } from './queries';
import { reconcileNow } from './reconcile-now';
import { resolveDifference } from './resolve-difference';
import { ResolveDifference } from './schema';

/** Reconciliation of rails with our records. */
export const reconciliationRouter = router({
  get: operatorProcedure.query(({ ctx }) => getReconciliation(ctx.actor)),
  run: operatorProcedure.mutation(({ ctx }) => reconcileNow(ctx.actor)),
  resolve: operatorProcedure
    .input(ResolveDifference)
    .mutation(({ ctx, input }) => resolveDifference(ctx.actor, input)),
});
