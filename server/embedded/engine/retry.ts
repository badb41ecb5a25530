import { limits } from './limits';

const delaysMs = [15, 30, 60, 120, 300, 600, 1_200, 2_400, 3_600, 7_200].map((s) => s * 1_000);

/**
 * The backoff after the failed `attempt` (from 0), in milliseconds.
 * @param fixedMs replaces the table and its jitter of 0 to 30 s; for suites.
 */
export function retryDelayMs(attempt: number, fixedMs: number | undefined): number {
  if (fixedMs !== undefined) return fixedMs;
  const base = delaysMs[Math.min(attempt, delaysMs.length - 1)] ?? 7_200_000;
  return base + Math.floor(Math.random() * 30_000);
}

/** The delay requested by a `retry-after` header (seconds or a date), clamped to 1 s to 24 h. */
export function retryAfterMs(header: string | undefined, nowMs: number): number | undefined {
  if (!header) return undefined;
  const seconds = Number(header);
  const wait = Number.isFinite(seconds) ? seconds * 1_000 : Date.parse(header) - nowMs;
  if (Number.isNaN(wait)) return undefined;
  return Math.min(Math.max(wait, limits.retryAfterMinMs), limits.retryAfterMaxMs);
}
