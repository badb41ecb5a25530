/**
 * Calibrates a posterior: q′ = (1 − ε)·softmax(β ln q) + ε/k, averaged over a grid of β (dependence
 * between votes) and ε (share of tasks nobody can get right). Each pair's weight is its prior
 * weight times the probability it gives to the truth of labelled tasks.
 */
import { CALIBRATOR_PRIOR } from './calibrator-prior';
import { normalizeRow } from './vote-table';

const { beta: BETAS, epsilon: EPSILONS } = CALIBRATOR_PRIOR;
const PAIRS = BETAS.length * EPSILONS.length;
const LOG_PRIOR = Float64Array.from(CALIBRATOR_PRIOR.weights.flat(), Math.log);
/** Replaces a posterior of zero, so that its logarithm is finite. */
const PROBABILITY_MIN = 1e-300;

/** Labelled tasks needed to call a confidence provisional, and calibrated. */
const PROVISIONAL_FROM = 20;
const CALIBRATED_FROM = 100;

export type ConfidenceBasis = 'uncalibrated' | 'provisional' | 'calibrated';

/** How much a confidence can be trusted, by the number of labelled tasks behind it. */
export function confidenceBasis(labelledTasks: number): ConfidenceBasis {
  if (labelledTasks < PROVISIONAL_FROM) return 'uncalibrated';
  return labelledTasks < CALIBRATED_FROM ? 'provisional' : 'calibrated';
}

/** Weights of the pairs (β, ε), row by row; they sum to 1. */
export type Calibrator = Float64Array;

/** A labelled task's posterior computed without it, and the index of its true label. */
export interface LabelledPosterior {
  posterior: ArrayLike<number>;
  truth: number;
}

/** The calibrator given labelled tasks; without any, that of the public sets. */
export function fitCalibrator(labelled: Iterable<LabelledPosterior>): Calibrator {
  const gains = new Float64Array(PAIRS);
  for (const each of labelled) {
    for (const [pair, gain] of gainsOf(each).entries()) gains[pair] = (gains[pair] ?? 0) + gain;
  }
  return calibratorOf(gains);
}

/** A labelled task's contribution to the logarithm of each pair's weight: ln q′(truth). */
export function gainsOf({ posterior, truth }: LabelledPosterior): Float64Array {
  const gains = new Float64Array(PAIRS);
  forEachPair(posterior, (pair, tempered, epsilon) => {
    const probability = (1 - epsilon) * (tempered[truth] ?? 0) + epsilon / posterior.length;
    gains[pair] = Math.log(Math.max(PROBABILITY_MIN, probability));
  });
  return gains;
}

/** The calibrator from the summed contributions of labelled tasks. */
export function calibratorOf(gains: ArrayLike<number>): Calibrator {
  const logWeights = LOG_PRIOR.map((log, pair) => log + (gains[pair] ?? 0));
  const top = logWeights.reduce((highest, weight) => Math.max(highest, weight));
  const weights = logWeights.map((weight) => Math.exp(weight - top));
  normalizeRow(weights, 0, PAIRS);
  return weights;
}

/** The calibrator of a type without labelled tasks. */
export const UNFITTED = calibratorOf([]);

/** The calibrator's means: of β, the weight of a further vote, and ε, the share no vote can resolve. */
export function meansOf(calibrator: Calibrator): { beta: number; epsilon: number } {
  let beta = 0;
  let epsilon = 0;
  for (const [pair, weight] of calibrator.entries()) {
    beta += weight * (BETAS[Math.floor(pair / EPSILONS.length)] ?? 0);
    epsilon += weight * (EPSILONS[pair % EPSILONS.length] ?? 0);
  }
  return { beta, epsilon };
}

/** The calibrated posterior. Preserves the order of labels. */
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

/** Calls back for every pair with softmax(β ln q) of its β. */
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
