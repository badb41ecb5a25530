const SECOND_MS = 1_000;
const MINUTE_MS = 60 * SECOND_MS;
const HOUR_MS = 60 * MINUTE_MS;

/** Whoever begins a deposit mostly pays it at once. */
const FRESH_MS = 3 * MINUTE_MS;
/** What was on its way when the invoice expired arrives within minutes, or hours where it was held. */
const LATE_MS = 10 * MINUTE_MS;
const MARGIN_MS = 24 * HOUR_MS;

/** How often a rail is asked about a deposit that is fresh. */
export const FRESH_CHECK_MS = 5 * SECOND_MS;

/**
 * Milliseconds until a rail is asked about an unpaid deposit again: every five seconds at first, every minute
 * until its invoice has expired and somewhat longer, every half hour for a day after; then null.
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
