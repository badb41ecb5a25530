/**
 * Evidence from golds about a worker: a Beta posterior of accuracy per worker and task type, and
 * the rate at which further golds are worth their cost.
 */
import type { VerificationPolicy } from './policy';
import { betaQuantile } from './special-functions';
import type { GoldTally } from './stage';

export type GoldPolicy = VerificationPolicy['gold'];

/** Beta(alpha, beta) over the accuracy, with its mean and a central credible interval. */
export interface GoldPosterior {
  alpha: number;
  beta: number;
  mean: number;
  lower: number;
  upper: number;
}

/** Mean accuracy of all of the type's workers; the policy's prior without data. */
export function priorMean(pool: GoldTally, policy: GoldPolicy): number {
  return (
    (pool.correct + policy.priorMean * policy.priorStrength) / (pool.total + policy.priorStrength)
  );
}

/** The full posterior, with the interval that holds `policy.intervalMass`. */
export function goldPosterior(
  tally: GoldTally,
  pool: GoldTally,
  policy: GoldPolicy,
): GoldPosterior {
  const prior = priorMean(pool, policy);
  const alpha = tally.correct + prior * policy.priorStrength;
  const beta = tally.total - tally.correct + (1 - prior) * policy.priorStrength;
  const tail = (1 - policy.intervalMass) / 2;
  return {
    alpha,
    beta,
    mean: alpha / (alpha + beta),
    lower: betaQuantile(tail, alpha, beta),
    upper: betaQuantile(1 - tail, alpha, beta),
  };
}

/**
 * Probability that a worker's next task is a gold: `initialRate` for the first `initialGolds`,
 * then falling as 1/n towards `finalRate`.
 */
export function goldRate(answeredGolds: number, policy: GoldPolicy): number {
  if (answeredGolds <= policy.initialGolds) return policy.initialRate;
  const evidence = policy.initialGolds / answeredGolds;
  return policy.finalRate + (policy.initialRate - policy.finalRate) * evidence;
}

/**
 * Same for a type: its own rate if set, else the rate that falls with evidence, and more while
 * there are doubts.
 * @param golds since the last return from a pause.
 * @param asked the type's `gold_rate`, in [0, 1]; 0 is none, null if not set.
 */
export function goldChance(
  golds: GoldTally,
  asked: number | null | undefined,
  policy: GoldPolicy,
  isDoubted = false,
): number {
  if (asked !== null && asked !== undefined) return asked;
  const usual = goldRate(golds.total, policy);
  return isDoubted && !isCleared(golds, policy) ? Math.max(usual, policy.doubtedRate) : usual;
}

/** Whether golds show an accuracy safe from a pause, regardless of behaviour signals. */
function isCleared(golds: GoldTally, policy: GoldPolicy): boolean {
  return goldPosterior(golds, { correct: 0, total: 0 }, policy).lower >= policy.pauseSafe;
}

/** The number of a worker's latest judged answers to consider, and how many doubts among them exceed chance. */
export const DOUBTS_LOOKED_AT = 10;
const DOUBTS_MIN = 3;

/** @param doubts for each of the latest judged answers, whether the anomaly stage doubted it. */
export function isUnderDoubt(doubts: readonly boolean[]): boolean {
  return doubts.filter(Boolean).length >= DOUBTS_MIN;
}
