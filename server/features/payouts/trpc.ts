import { router, workerProcedure } from '@/server/transport/trpc/init';
import { exportPayouts, getEarnings } from './get-earnings';
import { getPayoutSettings, setPayoutDestination, setPayoutTiming } from './payout-settings';
import { listPayouts, paidSats } from './queries';
import { ListPayoutsQuery, SetPayoutDestination, SetPayoutTiming } from './schema';
import { withdrawPayouts } from './withdraw-payouts';

export const payoutsRouter = router({
  list: workerProcedure
    .input(ListPayoutsQuery)
    .query(({ ctx, input }) => listPayouts(ctx.actor, input)),
  earnings: workerProcedure.query(({ ctx }) => getEarnings(ctx.actor)),
  csv: workerProcedure.query(({ ctx }) => exportPayouts(ctx.actor)),
  paidSats: workerProcedure.query(({ ctx }) => paidSats(ctx.actor)),
  settings: workerProcedure.query(({ ctx }) => getPayoutSettings(ctx.actor)),
  setDestination: workerProcedure
    .input(SetPayoutDestination)
    .mutation(({ ctx, input }) => setPayoutDestination(ctx.actor, input)),
  setTiming: workerProcedure
    .input(SetPayoutTiming)
    .mutation(({ ctx, input }) => setPayoutTiming(ctx.actor, input)),
  withdraw: workerProcedure.mutation(({ ctx }) => withdrawPayouts(ctx.actor)),
});
