/**
 * Attempts at one payout before it is given up and waits for an operator: with the waits between them, about
 * a day, in which a wallet or a rail that is out of order mostly comes back.
 */
export const ATTEMPTS_MAX = 32;

/**
 * How long an attempt without a known outcome is left alone before the rail is asked about it; a
 * call to a rail ends well within it.
 */
export const LOOKUP_DELAY_MS = 60_000;

/** How long a task's completion waits for a payout that is not paid yet. */
export const AWAITED_MS = 60_000;

/**
 * How long after an invoice has expired a rail that knows of no payment is believed: until then the
 * request to pay it may still be on its way.
 */
export const EXPIRY_MARGIN_MS = 60_000;

/** How long nothing leaves after a worker's destination was changed. */
export const CHANGE_HOLD_MS = 24 * 60 * 60_000;

/** How soon the rail is asked after a call to it broke off. */
export const LOOKUP_SOON_MS = 2_000;

const LOOKUP_DELAY_MS_MAX = 10 * 60_000;

/** How long to wait until a payment is asked about again that was sent so long ago: as long as it has been. */
export function lookupDelayMs(ageMs: number): number {
  return Math.min(Math.max(ageMs, LOOKUP_SOON_MS), LOOKUP_DELAY_MS_MAX);
}

const RETRY_DELAY_MS_BASE = 5_000;
const RETRY_DELAY_MS_MAX = 60 * 60_000;

/**
 * Milliseconds to wait after the `number`th attempt failed, doubling from 5 s up to an hour.
 * @param random in [0, 1); spreads the wait by a quarter either way.
 */
export function retryDelayMs(number: number, random: number): number {
  const delayMs = Math.min(RETRY_DELAY_MS_BASE * 2 ** (number - 1), RETRY_DELAY_MS_MAX);
  return Math.round(delayMs * (0.75 + random / 2));
}
