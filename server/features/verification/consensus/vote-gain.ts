/** The value of further votes: the expected increase of the answer's confidence. */
import { normalizeRow } from './vote-table';

/** Less probable labels cannot win with a few votes. */
const LABELS_MAX = 5;

export interface Outlook {
  /** P(label) from the votes so far, before calibration. */
  posterior: Float64Array;
  /** P(a worker without golds is right). */
  poolAccuracy: number;
  /** The weight of votes, existing and further ones, and the share that no vote can resolve. */
  beta: number;
  epsilon: number;
}

/**
 * The expected increase of the most probable label's probability after `votes` votes of average
 * workers. Zero if no such votes could change which label that is.
 * @param votes 1 to 3.
 */
export function voteGain({ epsilon, ...outlook }: Outlook, votes: number): number {
  const gain = outlookAfter(outlook, votes) - outlookAfter(outlook, 0);
  return (1 - epsilon) * Math.max(0, gain);
}

/** The expected probability of the then most probable label, after 0 to 3 votes. */
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
  // Every sequence of the next votes, weighted by its probability under all labels.
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
