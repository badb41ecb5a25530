const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** Backoff: the delays between attempts. */
const DELAYS_MS = [
  5 * SECOND,
  5 * MINUTE,
  30 * MINUTE,
  2 * HOUR,
  5 * HOUR,
  10 * HOUR,
  14 * HOUR,
  20 * HOUR,
  24 * HOUR,
] as const;

export const TRIES_MAX = DELAYS_MS.length + 1;

/** An endpoint whose deliveries have all failed for this long is disabled. */
export const FAILING_MS_MAX = 5 * DAY;

/** Jitter added to delays, so that simultaneous failures are not retried simultaneously. */
const JITTER_SHARE = 0.1;

/**
 * Milliseconds from the `tries`th failed attempt to the next, or null after the last.
 * @param retryAfterMs the receiver's `Retry-After`, a minimum of up to a day.
 * @param random in [0, 1).
 */
export function nextDelayMs(
  tries: number,
  retryAfterMs: number | null,
  random: number,
): number | null {
  const delayMs = DELAYS_MS[tries - 1];
  if (delayMs === undefined) return null;
  const asked = Math.min(retryAfterMs ?? 0, DAY);
  return Math.round(Math.max(delayMs * (1 + random * JITTER_SHARE), asked));
}

/**
 * Parses a `Retry-After` header to milliseconds from now: whole seconds or an HTTP date. Null if
 * absent, invalid or in the past.
 */
export function parseRetryAfterMs(header: string | undefined, nowMs: number): number | null {
  if (!header) return null;
  const text = header.trim();
  const delayMs = /^\d+$/.test(text) ? Number(text) * SECOND : Date.parse(text) - nowMs;
  return delayMs > 0 ? delayMs : null;
}
