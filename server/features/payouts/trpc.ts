import { operatorProcedure, router, workerProcedure } from '@/server/transport/trpc/init';
import { enterOutcome } from './enter-outcome';
import { findPayouts, getPayout, listRails } from './find-payouts';
import { exportPayouts, getEarnings } from './get-earnings';
import { holdPayoutBack, lookUpNow, releasePayout, retryPayout } from './look-after-payout';
import {
  getPayoutSettings,
  sendPayoutCode,
  setPayoutDestination,
  setPayoutTiming,
} from './payout-settings';
import { listPayouts, paidSats } from './queries';
import { checkRail } from './rails/check-rails';
import { addRail, changeRail, orderRails, removeRail, switchRail } from './rails/configure-rails';
import { listConfiguredRails } from './rails/list-rails';
import {
  AddRail,
  ChangeRail,
  OrderRails,
  RailRef,
  SwitchRail,
  TestRail,
  VersionedRail,
} from './rails/schema';
import { testRail } from './rails/test-rail';
import {
  EnterOutcome,
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
  sendCode: workerProcedure.mutation(({ ctx }) => sendPayoutCode(ctx.actor)),
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
  enterOutcome: operatorProcedure
    .input(EnterOutcome)
    .mutation(({ ctx, input }) => enterOutcome(ctx.actor, input)),
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

/** Payment rails, for operators. */
export const railsRouter = router({
  list: operatorProcedure.query(({ ctx }) => listConfiguredRails(ctx.actor)),
  add: operatorProcedure.input(AddRail).mutation(({ ctx, input }) => addRail(ctx.actor, input)),
  change: operatorProcedure
    .input(ChangeRail)
    .mutation(({ ctx, input }) => changeRail(ctx.actor, input)),
  switch: operatorProcedure
    .input(SwitchRail)
    .mutation(({ ctx, input }) => switchRail(ctx.actor, input)),
  remove: operatorProcedure
    .input(VersionedRail)
    .mutation(({ ctx, input }) => removeRail(ctx.actor, input)),
  order: operatorProcedure
    .input(OrderRails)
    .mutation(({ ctx, input }) => orderRails(ctx.actor, input)),
  check: operatorProcedure.input(RailRef).mutation(({ ctx, input }) => checkRail(ctx.actor, input)),
  test: operatorProcedure.input(TestRail).mutation(({ ctx, input }) => testRail(ctx.actor, input)),
});
