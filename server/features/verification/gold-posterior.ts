/**
 * What golds tell about a worker: a Beta posterior of accuracy per worker and task type, the rate
 * at which further golds are worth their price, and how good a gold itself is.
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

/** One answer to a gold; `accuracy` is the worker's mean accuracy with this gold left out. */
export interface GoldAnswer {
  correct: boolean;
  accuracy: number;
}

export interface GoldHealth {
  /** P(right | better half of the workers) − P(right | worse half), in [−1, 1]. */
  discrimination: number;
  /** Share of the best third that agrees with the gold. */
  agreementOfBest: number;
  overturnRate: number;
  /** In [0, 1]; below .6 somebody should look at the gold. */
  score: number;
  /** `unknown` with fewer than 8 answers; `retire` after an overturn or when the best disagree. */
  state: 'unknown' | 'healthy' | 'watch' | 'retire';
}

const HEALTH_MIN_ANSWERS = 8;

function shareCorrect(answers: readonly GoldAnswer[]): number {
  return answers.length === 0
    ? 0
    : answers.filter((answer) => answer.correct).length / answers.length;
}

/**
 * How well a gold tells good from bad workers.
 * @param disputes Disagreements raised against it, and how many of them were upheld.
 */
export function goldHealth(
  answers: readonly GoldAnswer[],
  disputes: { raised: number; overturned: number },
): GoldHealth {
  const byAccuracy = [...answers].sort((a, b) => b.accuracy - a.accuracy);
  const half = Math.floor(byAccuracy.length / 2);
  const better = shareCorrect(byAccuracy.slice(0, half));
  const worse = shareCorrect(byAccuracy.slice(byAccuracy.length - half));
  const discrimination = better - worse;
  const agreementOfBest = shareCorrect(byAccuracy.slice(0, Math.ceil(byAccuracy.length / 3)));
  const overturnRate = disputes.raised === 0 ? 0 : disputes.overturned / disputes.raised;
  const score = 0.5 * agreementOfBest + 0.3 * ((discrimination + 1) / 2) + 0.2 * (1 - overturnRate);
  const state = healthState(answers.length, disputes.overturned, agreementOfBest, score);
  return { discrimination, agreementOfBest, overturnRate, score, state };
}

function healthState(
  answers: number,
  overturned: number,
  agreementOfBest: number,
  score: number,
): GoldHealth['state'] {
  if (overturned > 0) return 'retire';
  if (answers < HEALTH_MIN_ANSWERS) return 'unknown';
  if (agreementOfBest < 0.5) return 'retire';
  return score < 0.6 ? 'watch' : 'healthy';
}
