import { operatorProcedure, router, workerProcedure } from '@/server/transport/trpc/init';
import { findPayouts, getPayout, listRails } from './find-payouts';
import { exportPayouts, getEarnings } from './get-earnings';
import { holdPayoutBack, lookUpNow, releasePayout, retryPayout } from './look-after-payout';
import { getPayoutSettings, setPayoutDestination, setPayoutTiming } from './payout-settings';
import { listPayouts, paidSats } from './queries';
import {
  FindPayouts,
  HoldPayout,
  ListPayoutsQuery,
  PayoutRef,
  SetPayoutDestination,
  SetPayoutTiming,
  WithdrawPayouts,
} from './schema';
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
  find: operatorProcedure
    .input(FindPayouts)
    .query(({ ctx, input }) => findPayouts(ctx.actor, input)),
  get: operatorProcedure.input(PayoutRef).query(({ ctx, input }) => getPayout(ctx.actor, input)),
  rails: operatorProcedure.query(({ ctx }) => listRails(ctx.actor)),
  lookUp: operatorProcedure
    .input(PayoutRef)
    .mutation(({ ctx, input }) => lookUpNow(ctx.actor, input)),
  holdBack: operatorProcedure
    .input(HoldPayout)
    .mutation(({ ctx, input }) => holdPayoutBack(ctx.actor, input)),
  release: operatorProcedure
    .input(PayoutRef)
    .mutation(({ ctx, input }) => releasePayout(ctx.actor, input)),
  retry: operatorProcedure
    .input(PayoutRef)
    .mutation(({ ctx, input }) => retryPayout(ctx.actor, input)),
  withdraw: workerProcedure
    .input(WithdrawPayouts.optional())
    .mutation(({ ctx, input }) => withdrawPayouts(ctx.actor, input)),
});
