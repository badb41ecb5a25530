/**
 * Makes a posterior say what it is worth: q′ = (1 − ε)·softmax(β ln q) + ε/k, averaged over a grid of β (how
 * far the votes are from independent) and ε (how many tasks nobody can get right). Each pair weighs
 * what it weighed before, times the probability it gives to the truth of labelled tasks.
 */
import { CALIBRATOR_PRIOR } from './calibrator-prior';
import { normalizeRow } from './vote-table';

const { beta: BETAS, epsilon: EPSILONS } = CALIBRATOR_PRIOR;
const PAIRS = BETAS.length * EPSILONS.length;
const LOG_PRIOR = Float64Array.from(CALIBRATOR_PRIOR.weights.flat(), Math.log);
/** What a posterior of zero counts as, so that its logarithm is a number. */
const PROBABILITY_MIN = 1e-300;

/** Labelled tasks from which on a confidence is called provisional, and calibrated. */
const PROVISIONAL_FROM = 20;
const CALIBRATED_FROM = 100;

export type ConfidenceBasis = 'uncalibrated' | 'provisional' | 'calibrated';

/** How far a confidence can be trusted, by the number of labelled tasks behind it. */
export function confidenceBasis(labelledTasks: number): ConfidenceBasis {
  if (labelledTasks < PROVISIONAL_FROM) return 'uncalibrated';
  return labelledTasks < CALIBRATED_FROM ? 'provisional' : 'calibrated';
}

/** Weights of the pairs (β, ε), row by row; they sum to 1. */
export type Calibrator = Float64Array;

/** A posterior of a labelled task that was made without it, and the index of its true label. */
export interface LabelledPosterior {
  posterior: ArrayLike<number>;
  truth: number;
}

/** The calibrator after what labelled tasks showed; without any, that of the public sets. */
export function fitCalibrator(labelled: Iterable<LabelledPosterior>): Calibrator {
  const gains = new Float64Array(PAIRS);
  for (const each of labelled) {
    for (const [pair, gain] of gainsOf(each).entries()) gains[pair] = (gains[pair] ?? 0) + gain;
  }
  return calibratorOf(gains);
}

/** What a labelled task adds to the logarithm of each pair's weight: ln q′(truth). */
export function gainsOf({ posterior, truth }: LabelledPosterior): Float64Array {
  const gains = new Float64Array(PAIRS);
  forEachPair(posterior, (pair, tempered, epsilon) => {
    const probability = (1 - epsilon) * (tempered[truth] ?? 0) + epsilon / posterior.length;
    gains[pair] = Math.log(Math.max(PROBABILITY_MIN, probability));
  });
  return gains;
}

/** The calibrator by the sums of what labelled tasks added. */
export function calibratorOf(gains: ArrayLike<number>): Calibrator {
  const logWeights = LOG_PRIOR.map((log, pair) => log + (gains[pair] ?? 0));
  const top = logWeights.reduce((highest, weight) => Math.max(highest, weight));
  const weights = logWeights.map((weight) => Math.exp(weight - top));
  normalizeRow(weights, 0, PAIRS);
  return weights;
}

/** The calibrator of a type without labelled tasks. */
export const UNFITTED = calibratorOf([]);

/** The calibrator's means: of β, how far a further vote counts, and ε, what no vote can resolve. */
export function meansOf(calibrator: Calibrator): { beta: number; epsilon: number } {
  let beta = 0;
  let epsilon = 0;
  for (const [pair, weight] of calibrator.entries()) {
    beta += weight * (BETAS[Math.floor(pair / EPSILONS.length)] ?? 0);
    epsilon += weight * (EPSILONS[pair % EPSILONS.length] ?? 0);
  }
  return { beta, epsilon };
}

/** The posterior as it should be stated. The order of its labels stays. */
export function calibrate(posterior: ArrayLike<number>, calibrator: Calibrator): Float64Array {
  const stated = new Float64Array(posterior.length);
  forEachPair(posterior, (pair, tempered, epsilon) => {
    const weight = calibrator[pair] ?? 0;
    for (let j = 0; j < stated.length; j++) {
      const share = (1 - epsilon) * (tempered[j] ?? 0) + epsilon / stated.length;
      stated[j] = (stated[j] ?? 0) + weight * share;
    }
  });
  return stated;
}

/** Every pair with softmax(β ln q) of its β. */
function forEachPair(
  posterior: ArrayLike<number>,
  visit: (pair: number, tempered: Float64Array, epsilon: number) => void,
): void {
  const logs = Float64Array.from(posterior, (q) => Math.log(Math.max(PROBABILITY_MIN, q)));
  const top = logs.reduce((highest, log) => Math.max(highest, log), Number.NEGATIVE_INFINITY);
  for (const [row, beta] of BETAS.entries()) {
    const tempered = logs.map((log) => Math.exp(beta * (log - top)));
    normalizeRow(tempered, 0, tempered.length);
    for (const [column, epsilon] of EPSILONS.entries()) {
      visit(row * EPSILONS.length + column, tempered, epsilon);
    }
  }
}
