/** Own times that are kept of a worker's latest accepted answers to a type. */
export const TIMES_KEPT = 20;

/** What is known of the time that an answer took. */
export interface AnswerTime {
  /** From the start of the assignment to the answer, by the server's clock. */
  elapsedMs: number;
  /** What the form reported; `activeMs` is how long the page was in focus. */
  telemetry: unknown;
}

/** Time away from the page counts up to this many times what was spent on it, that time included. */
const AWAY_FACTOR = 2;

/**
 * Seconds of a worker's own time in an answer, at least 1: the time since the start, in which a tab that was
 * left alone counts no more than as much again as the page was in focus. What was looked up elsewhere is work,
 * so it is not left out; without a report of the form all of it counts.
 */
export function ownSeconds({ elapsedMs, telemetry }: AnswerTime): number {
  const { activeMs } = (telemetry ?? {}) as { activeMs?: number };
  const countedMs = activeMs ? Math.min(elapsedMs, AWAY_FACTOR * activeMs) : elapsedMs;
  return Math.max(1, countedMs / 1_000);
}
