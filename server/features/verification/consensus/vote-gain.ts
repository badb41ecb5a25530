/** What further votes are worth: how much surer the answer would be after them, on average. */
import { normalizeRow } from './vote-table';

/** Labels beyond the most probable ones change nothing that a few votes could. */
const LABELS_MAX = 5;

export interface Outlook {
  /** P(label) by the votes so far, before it is calibrated. */
  posterior: Float64Array;
  /** P(a worker of no golds is right). */
  poolAccuracy: number;
  /** How far votes count, those there are and those to come, and what share no vote can resolve. */
  beta: number;
  epsilon: number;
}

/**
 * By how much the probability of the most probable label is expected to grow with `votes` votes of average
 * workers. Where no such votes could change which one that is, by nothing.
 * @param votes 1 to 3.
 */
export function voteGain({ epsilon, ...outlook }: Outlook, votes: number): number {
  const gain = outlookAfter(outlook, votes) - outlookAfter(outlook, 0);
  return (1 - epsilon) * Math.max(0, gain);
}

/** The expected probability of the label that is then the most probable, after 0 to 3 votes. */
export function outlookAfter(
  { posterior, poolAccuracy, beta }: Omit<Outlook, 'epsilon'>,
  votes: number,
): number {
  const k = posterior.length;
  const shares = posterior.map((q) => q ** beta);
  normalizeRow(shares, 0, k);
  shares.sort();
  const watched = [...shares.subarray(-LABELS_MAX)];
  const right = poolAccuracy ** beta;
  const wrong = ((1 - poolAccuracy) / Math.max(1, k - 1)) ** beta;
  const told = {
    right: right / (right + (k - 1) * wrong),
    wrong: wrong / (right + (k - 1) * wrong),
  };
  // Every course that the next votes can take, each as probable as the labels together make it.
  const expected = (weights: readonly number[], left: number): number => {
    if (left === 0) return Math.max(...weights);
    const unmoved = weights.map((weight) => weight * told.wrong);
    let sum = (k - weights.length) * expected(unmoved, left - 1);
    for (const [said, weight] of weights.entries()) {
      sum += expected(replaced(unmoved, said, weight * told.right), left - 1);
    }
    return sum;
  };
  return expected(watched, votes);
}

function replaced(weights: readonly number[], place: number, weight: number): number[] {
  return weights.map((own, i) => (i === place ? weight : own));
}
