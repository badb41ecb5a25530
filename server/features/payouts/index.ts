export { createPayouts } from './create-payouts';
export { getPayoutSettings } from './payout-settings';
export { countTroubledPayouts, countWithoutRail } from './payout-states';
