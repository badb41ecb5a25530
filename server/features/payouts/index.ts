export { isUp as isRailUp } from './choose-rail';
export { createPayouts } from './create-payouts';
export { getPayoutSettings } from './payout-settings';
export { countTroubledPayouts, countWithoutRail } from './payout-states';
export type { IncomingInvoice, IncomingState, LightningRail } from './rails/rail';
export { noteRailError, noteRailOk } from './rails/rail-health';
export { findLightningRail, hasLightning, lightningRails } from './rails/registry';
