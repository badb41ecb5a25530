export { createPayouts } from './create-payouts';
export { getPayoutSettings } from './payout-settings';
export { countTroubledPayouts, countWithoutRail } from './payout-states';
export { syncEnvironmentRails } from './rails/environment-rails';
export { type TroubledRails, troubledRails } from './rails/rail-health';
