/** What routing knows of a worker who could take a task, when it chooses. */
export interface Candidate {
  workerId: string;
  /** Which worker of the task's script it plays; null on everybody else. */
  scriptSeat: number | null;
  /** Tried first: the worker agreed to be. */
  onCall: boolean;
  /** Share of assignments answered rather than released or lapsed, 0 to 1. */
  reliability: number;
  /** Mean seconds of the worker's accepted answers to this type; null where there are none. */
  secondsMean: number | null;
  /** Open assignments, and how many the worker may hold. */
  open: number;
  capacity: number;
  /** Seconds since the worker was last given a task; null where never. */
  idleSeconds: number | null;
}

export interface TaskNeeds {
  /** Seconds until the task expires. */
  remainingSeconds: number;
  /** Seconds such a task is expected to take where the worker has no history. */
  typicalSeconds: number;
}

/** Share of the SLA that a worker without history is expected to take. */
export const TYPICAL_SHARE = 1 / 5;
/** How much idle time makes a worker's turn come for certain. */
const FAIRNESS_SECONDS = 600;
const ON_CALL_BONUS = 10;

/**
 * The chance that the worker answers inside the remaining time. Answer times are close to
 * log-normal; with a spread of about e^0.6 the logistic below is within 2 points of its curve.
 * Work already under way comes first, so the expected time grows with it.
 */
export function chanceInTime(candidate: Candidate, needs: TaskNeeds): number {
  const own = candidate.secondsMean ?? needs.typicalSeconds;
  const expected = Math.max(1, own * (1 + candidate.open));
  const ratio = Math.log(Math.max(needs.remainingSeconds, 0.001) / expected);
  return 1 / (1 + Math.exp(-ratio / 0.35));
}

/** From 0.5 for a worker who has just had a turn, to 1 for one who has waited long or is new. */
export function fairness(candidate: Candidate): number {
  if (candidate.idleSeconds === null) return 1;
  return 0.5 + 0.5 * Math.min(1, candidate.idleSeconds / FAIRNESS_SECONDS);
}

/**
 * A worker's score for a task: reliability × chance to finish in time × fairness; workers on call
 * stand above all others, and keep their order among themselves.
 */
export function scoreOf(candidate: Candidate, needs: TaskNeeds): number {
  const base = candidate.reliability * chanceInTime(candidate, needs) * fairness(candidate);
  return candidate.onCall ? base + ON_CALL_BONUS : base;
}

/**
 * The candidates best first; a script's workers in its order. Ties go to the lower load, then to the
 * id, so that a test can tell.
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
