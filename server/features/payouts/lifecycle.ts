/**
 * Attempts before a payout fails permanently and waits for an operator: with backoff about a day,
 * in which most wallet and rail outages end.
 */
export const ATTEMPTS_MAX = 32;

/**
 * How long an attempt with an unknown outcome waits before its first look-up; longer than any rail
 * call.
 */
export const LOOKUP_DELAY_MS = 60_000;

/** How long a task's completion waits for an unpaid payout. */
export const AWAITED_MS = 60_000;

/**
 * How long after an invoice's expiry a rail's "unknown payment" is trusted: until then the request
 * may still be in flight.
 */
export const EXPIRY_MARGIN_MS = 60_000;

/** How long payouts are held after a change of destination. */
export const CHANGE_HOLD_MS = 24 * 60 * 60_000;

/** Delay of the first look-up after an interrupted rail call. */
export const LOOKUP_SOON_MS = 2_000;

const LOOKUP_DELAY_MS_MAX = 10 * 60_000;

/** The delay until the next look-up: as long as the payment has been open. */
export function lookupDelayMs(ageMs: number): number {
  return Math.min(Math.max(ageMs, LOOKUP_SOON_MS), LOOKUP_DELAY_MS_MAX);
}

const RETRY_DELAY_MS_BASE = 5_000;
const RETRY_DELAY_MS_MAX = 60 * 60_000;

/**
 * Backoff in milliseconds after the `number`th failed attempt, doubling from 5 s up to an hour.
 * @param random in [0, 1); adds jitter of a quarter either way.
 */
export function retryDelayMs(number: number, random: number): number {
  const delayMs = Math.min(RETRY_DELAY_MS_BASE * 2 ** (number - 1), RETRY_DELAY_MS_MAX);
  return Math.round(delayMs * (0.75 + random / 2));
}
