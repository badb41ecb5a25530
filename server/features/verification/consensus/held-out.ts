/** The predictive performance of a method on held-out labelled tasks, and its resulting weight. */
import { calibrate, fitCalibrator, type LabelledPosterior } from './calibrator';

const PROBABILITY_MIN = 1e-6;

/** ln Π q′(truth): the calibrated log-likelihood of the truth. */
export function logScore(labelled: readonly LabelledPosterior[]): number {
  const calibrator = fitCalibrator(labelled);
  return labelled.reduce((sum, { posterior, truth }) => {
    const probability = calibrate(posterior, calibrator)[truth] ?? 0;
    return sum + Math.log(Math.max(PROBABILITY_MIN, probability));
  }, 0);
}

/** Converts logarithms to shares that sum to 1. */
export function sharesOf(logs: readonly number[]): number[] {
  const top = Math.max(...logs);
  const weights = logs.map((log) => Math.exp(log - top));
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  return weights.map((weight) => weight / total);
}
