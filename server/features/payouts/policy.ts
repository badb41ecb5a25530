/** What pages show without the contracts, which are large. Browser-safe. */

/** What a payout can be for an operator: its status, or why it needs somebody. */
export const PAYOUT_STATES = [
  'stuck',
  'unknown',
  'failed',
  'pending',
  'sending',
  'held_back',
  'held',
  'paid',
  'cancelled',
] as const;

export const PAYOUT_AGES = ['hour', 'day', 'week'] as const;
