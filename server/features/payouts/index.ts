export { createPayouts } from './create-payouts';
export { getPayoutSettings } from './payout-settings';
