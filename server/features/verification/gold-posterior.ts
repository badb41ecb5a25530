/**
 * What golds tell about a worker: a Beta posterior of accuracy per worker and task type, and the rate
 * at which further golds are worth their price.
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

/** Mean accuracy of the type's workers together; the policy's prior where nothing is known. */
export function priorMean(pool: GoldTally, policy: GoldPolicy): number {
  return (
    (pool.correct + policy.priorMean * policy.priorStrength) / (pool.total + policy.priorStrength)
  );
}

/** The whole posterior, with the interval that holds `policy.intervalMass`. */
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
 * The same for a type: the share it asks for where it does, else the one that falls with evidence.
 * @param asked the type's `gold_rate`, in [0, .5]; 0 is none, null where it does not say.
 */
export function goldChance(
  answeredGolds: number,
  asked: number | null | undefined,
  policy: GoldPolicy,
): number {
  return asked ?? goldRate(answeredGolds, policy);
}
