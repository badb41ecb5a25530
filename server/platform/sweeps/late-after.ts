const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;

/**
 * How often a sweep runs, in milliseconds. Sweeps have one of three schedules: each minute, once an
 * hour, once a day.
 * @throws Error for another one.
 */
export function periodMs(cron: string): number {
  if (/^\* \* \* \* \*$/.test(cron)) return MINUTE_MS;
  if (/^\d+ \* \* \* \*$/.test(cron)) return HOUR_MS;
  if (/^\d+ \d+ \* \* \*$/.test(cron)) return DAY_MS;
  throw new Error(`How often "${cron}" comes is not known; add it to periodMs.`);
}

/** After how long without a run that ended well a sweep is late: one run may be lost, not two. */
export function lateAfterMs(cron: string): number {
  const period = periodMs(cron);
  return period === MINUTE_MS ? 5 * MINUTE_MS : 2 * period + 15 * MINUTE_MS;
}
