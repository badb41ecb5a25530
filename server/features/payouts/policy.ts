/** Constants that pages need without importing the large contracts. Browser-safe. */

/** A payout's state for operators: its status, or why it needs attention. */
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
