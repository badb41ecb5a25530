/**
 * The confidence in a set as a whole. Its items are voted on separately, but they are one question:
 * an unknown voter gets all of them right as often as a single choice.
 */
import { type Calibrator, calibrate, meansOf } from './calibrator';
import type { LabelResult } from './label-vote';
import { outlookAfter } from './vote-gain';

export interface SetResult {
  /** P(every item is right), and its complement, before calibration. */
  posterior: Float64Array;
  confidence: number;
  tie: boolean;
  /** The expected confidence after 1 to 3 further votes of average workers. */
  confidenceAfter: (votes: number) => number;
}

/** @param items The votes on each item, uncalibrated. */
export function voteOnSet(items: readonly LabelResult[], calibrator: Calibrator): SetResult {
  const posterior = rightOrNot(items.map(({ posterior: of, winner }) => of[winner] ?? 0));
  const confidence = calibrate(posterior, calibrator)[0] ?? 0;
  const { beta, epsilon } = meansOf(calibrator);
  const expected = (votes: number) =>
    items.reduce((product, item) => product * outlookAfter({ ...item, beta }, votes), 1);
  return {
    posterior,
    confidence,
    tie: items.some(({ tie }) => tie),
    confidenceAfter: (votes) => {
      const gain = (1 - epsilon) * Math.max(0, expected(votes) - expected(0));
      return Math.min(1, confidence + gain);
    },
  };
}

/** P(all of them are right) and its complement, assuming independence. */
export function rightOrNot(probabilities: readonly number[]): Float64Array {
  const right = probabilities.reduce((product, each) => product * each, 1);
  return Float64Array.of(right, 1 - right);
}
