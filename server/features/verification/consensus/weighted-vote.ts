/**
 * The gold-weighted vote: naive Bayes with one number per worker. A worker of accuracy p says the
 * true one of k labels with probability p and each wrong one with (1−p)/(k−1); all labels are
 * equally likely beforehand. Equal accuracies give the majority, so thin evidence costs nothing.
 */
import { logSumExp } from './vote-table';

export interface WeighedVote {
  label: string;
  /** The voter's mean accuracy, in (0, 1). */
  accuracy: number;
}

export interface LabelPosterior {
  /** P(label) of every label that somebody said; labels nobody said hold the rest. */
  posterior: Map<string, number>;
  /** The most probable label; of tied ones the first that was said. Null without votes. */
  winner: string | null;
  /** Two labels or more share the top. */
  tie: boolean;
}

const TIE_TOLERANCE = 1e-9;

/**
 * ln(p(k−1)/(1−p)): what one vote adds to its label, never below zero. The vote of a worker at chance
 * or worse weighs nothing; it does not count for the other labels. `accuracyCap` bounds p from above.
 */
export function voteWeight(accuracy: number, labelCount: number, accuracyCap: number): number {
  const k = Math.max(2, labelCount);
  const p = Math.min(accuracyCap, Math.max(1 / k, accuracy));
  return Math.max(0, Math.log((p * (k - 1)) / (1 - p)));
}

/**
 * Posterior over `labelCount` labels (raised to the number seen when that is larger).
 * A single vote gets its voter's accuracy, or chance if that is higher. The winner is always a label
 * that somebody said; where no vote weighs anything, the one said most often.
 */
export function weighVotes(
  votes: readonly WeighedVote[],
  labelCount: number,
  accuracyCap: number,
): LabelPosterior {
  const seen = new Set(votes.map((vote) => vote.label));
  const k = Math.max(2, labelCount, seen.size);
  const logWeights = new Map<string, number>();
  for (const { label, accuracy } of votes) {
    logWeights.set(label, (logWeights.get(label) ?? 0) + voteWeight(accuracy, k, accuracyCap));
  }
  const unseen = Array.from({ length: k - logWeights.size }, () => 0);
  const result = posteriorOf(logWeights, logSumExp([...logWeights.values(), ...unseen]));
  const isWeightless = [...logWeights.values()].every((weight) => weight === 0);
  return isWeightless ? { ...result, ...mostSaid(votes) } : result;
}

/** The label said most often; of tied ones the first that was said. */
function mostSaid(votes: readonly WeighedVote[]): Pick<LabelPosterior, 'winner' | 'tie'> {
  const counts = new Map<string, number>();
  for (const { label } of votes) counts.set(label, (counts.get(label) ?? 0) + 1);
  const { winner, tie } = posteriorOf(counts, 0);
  return { winner, tie };
}

/** Normalises log weights by the log of their total (which may include labels nobody said). */
export function posteriorOf(logWeights: Map<string, number>, logTotal: number): LabelPosterior {
  let winner: string | null = null;
  let top = Number.NEGATIVE_INFINITY;
  for (const [label, weight] of logWeights) {
    if (weight > top + TIE_TOLERANCE) {
      winner = label;
      top = weight;
    }
  }
  const leaders = [...logWeights.values()].filter((weight) => weight >= top - TIE_TOLERANCE);
  const posterior = new Map(
    [...logWeights].map(([label, weight]) => [label, Math.exp(weight - logTotal)] as const),
  );
  return { posterior, winner, tie: leaders.length > 1 };
}

/**
 * Accuracy of a posterior against the truth, counting a tie as the expected accuracy of a random
 * pick among the tied labels.
 */
export function expectedAccuracy(posterior: Map<string, number>, truth: string): number {
  const top = Math.max(...posterior.values());
  const leaders = [...posterior].filter(([, p]) => p >= top - TIE_TOLERANCE);
  return leaders.some(([label]) => label === truth) ? 1 / leaders.length : 0;
}
