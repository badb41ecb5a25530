export {
  createAdjustmentPayout,
  lockUnsentAdjustments,
  takeFromAdjustments,
  type UnsentAdjustment,
} from './adjustment-payouts';
export { isUp as isRailUp } from './choose-rail';
export { createPayouts } from './create-payouts';
export { getPayoutSettings } from './payout-settings';
export { countTroubledPayouts, countWithoutRail } from './payout-states';
export { syncEnvironmentRails } from './rails/environment-rails';
export type { IncomingInvoice, IncomingState, LightningRail } from './rails/rail';
export { noteRailError, noteRailOk, type TroubledRails, troubledRails } from './rails/rail-health';
export { findLightningRail, hasLightning, lightningRails } from './rails/registry';
