const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;

/**
 * A sweep's interval in milliseconds: every minute, hourly or daily.
 * @throws Error for other schedules.
 */
export function periodMs(cron: string): number {
  if (/^\* \* \* \* \*$/.test(cron)) return MINUTE_MS;
  if (/^\d+ \* \* \* \*$/.test(cron)) return HOUR_MS;
  if (/^\d+ \d+ \* \* \*$/.test(cron)) return DAY_MS;
  throw new Error(`The interval of "${cron}" is unknown; add it to periodMs.`);
}

/** When a sweep without a success is late: one run may be lost, but not two. */
export function lateAfterMs(cron: string): number {
  const period = periodMs(cron);
  return period === MINUTE_MS ? 5 * MINUTE_MS : 2 * period + 15 * MINUTE_MS;
}
