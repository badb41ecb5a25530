/** Durations kept of a worker's latest accepted answers to a type. */
export const TIMES_KEPT = 20;

/** Timing data of an answer. */
export interface AnswerTime {
  /** From the assignment's start to the answer, by the server's clock. */
  elapsedMs: number;
  /** The form's report; `activeMs` is how long the page was in focus. */
  telemetry: unknown;
}

/** Elapsed time counts up to this multiple of the time in focus. */
const AWAY_FACTOR = 2;

/**
 * Seconds of a worker's own time in an answer, at least 1: the elapsed time, capped at twice the
 * time in focus, so that an abandoned tab does not count. Time in other tabs may be research, so
 * part of it counts; without a report, all of it does.
 */
export function ownSeconds({ elapsedMs, telemetry }: AnswerTime): number {
  const { activeMs } = (telemetry ?? {}) as { activeMs?: number };
  const countedMs = activeMs ? Math.min(elapsedMs, AWAY_FACTOR * activeMs) : elapsedMs;
  return Math.max(1, countedMs / 1_000);
}
