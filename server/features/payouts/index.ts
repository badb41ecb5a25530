export {
  createAdjustmentPayout,
  lockUnsentAdjustments,
  takeFromAdjustments,
  type UnsentAdjustment,
} from './adjustment-payouts';
export { requestOf } from './attempt';
export { isUp as isRailUp } from './choose-rail';
export { createPayouts } from './create-payouts';
export { getPayoutSettings } from './payout-settings';
export { countTroubledPayouts, countWithoutRail } from './payout-states';
export { troubledDirectPayments } from './rails/direct-payment';
export { syncEnvironmentRails } from './rails/environment-rails';
export { invoiceFault } from './rails/prepare-invoice';
export type {
  IncomingInvoice,
  IncomingState,
  LightningRail,
  PreparedRequest,
  RailLookup,
} from './rails/rail';
export { noteRailError, noteRailOk, type TroubledRails, troubledRails } from './rails/rail-health';
export { beginRefund, findRefundRail } from './rails/refund';
export { findLightningRail, hasLightning, lightningRails } from './rails/registry';
