/** Routing's data about a candidate. */
export interface Candidate {
  workerId: string;
  /** The worker's seat in the task's script; null for all others. */
  scriptSeat: number | null;
  /** Preferred: the worker opted in. */
  onCall: boolean;
  /** Share of assignments answered instead of released or lapsed, 0 to 1. */
  reliability: number;
  /** Mean seconds of the worker's accepted answers of this type; null without any. */
  secondsMean: number | null;
  /** Open assignments, and the maximum. */
  open: number;
  capacity: number;
  /** Seconds since the worker's last assignment; null if never. */
  idleSeconds: number | null;
}

export interface TaskNeeds {
  /** Seconds until the task expires. */
  remainingSeconds: number;
  /** Expected duration for a worker without history, in seconds. */
  typicalSeconds: number;
}

/** Share of the SLA that a worker without history is expected to take. */
export const TYPICAL_SHARE = 1 / 5;
/** Idle time after which a worker has full fairness. */
const FAIRNESS_SECONDS = 600;
const ON_CALL_BONUS = 10;

/**
 * The probability that the worker answers in the remaining time. Durations are roughly log-normal;
 * with a spread of about e^0.6 this logistic function is within 2 points of the curve. Open work
 * comes first, so it increases the expected time.
 */
export function chanceInTime(candidate: Candidate, needs: TaskNeeds): number {
  const own = candidate.secondsMean ?? needs.typicalSeconds;
  const expected = Math.max(1, own * (1 + candidate.open));
  const ratio = Math.log(Math.max(needs.remainingSeconds, 0.001) / expected);
  return 1 / (1 + Math.exp(-ratio / 0.35));
}

/** From 0.5 right after an assignment, to 1 after a long wait or for a new worker. */
export function fairness(candidate: Candidate): number {
  if (candidate.idleSeconds === null) return 1;
  return 0.5 + 0.5 * Math.min(1, candidate.idleSeconds / FAIRNESS_SECONDS);
}

/**
 * A worker's score for a task: reliability × chance to finish in time × fairness; on-call workers
 * rank above all others, in their own order.
 */
export function scoreOf(candidate: Candidate, needs: TaskNeeds): number {
  const base = candidate.reliability * chanceInTime(candidate, needs) * fairness(candidate);
  return candidate.onCall ? base + ON_CALL_BONUS : base;
}

/**
 * The candidates, best first; a script's workers in its order. Ties go to the lower load, then to
 * the ID, to be deterministic.
 */
export function rank(candidates: readonly Candidate[], needs: TaskNeeds): Candidate[] {
  return candidates
    .map((candidate) => ({ candidate, score: scoreOf(candidate, needs) }))
    .sort(
      (a, b) =>
        (a.candidate.scriptSeat ?? 0) - (b.candidate.scriptSeat ?? 0) ||
        b.score - a.score ||
        a.candidate.open - b.candidate.open ||
        a.candidate.workerId.localeCompare(b.candidate.workerId),
    )
    .map(({ candidate }) => candidate);
}
