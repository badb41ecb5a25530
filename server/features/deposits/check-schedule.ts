const SECOND_MS = 1_000;
const MINUTE_MS = 60 * SECOND_MS;
const HOUR_MS = 60 * MINUTE_MS;

/** Most deposits are paid right after they are created. */
const FRESH_MS = 3 * MINUTE_MS;
/** A payment in flight when the invoice expired arrives within minutes, or hours if it was held. */
const LATE_MS = 10 * MINUTE_MS;
const MARGIN_MS = 24 * HOUR_MS;

/** Polling interval for a fresh deposit. */
export const FRESH_CHECK_MS = 5 * SECOND_MS;

/**
 * Milliseconds until the next check of an unpaid deposit: every five seconds at first, every minute
 * until shortly after its invoice expires, every half hour for one more day; then null.
 */
export function checkDelayMs(
  { createdAt, expiresAt }: { createdAt: Date; expiresAt: Date },
  nowMs: number,
): number | null {
  if (nowMs - createdAt.getTime() < FRESH_MS) return FRESH_CHECK_MS;
  const overMs = nowMs - expiresAt.getTime();
  if (overMs < LATE_MS) return MINUTE_MS;
  return overMs < MARGIN_MS ? HOUR_MS / 2 : null;
}
