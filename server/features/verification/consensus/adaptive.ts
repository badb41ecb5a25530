/** When to stop buying votes, and which algorithm a type has earned. */
import type { Redundancy, RiskTier } from '../stage';

export interface VoteCount {
  /** Accepted answers, the one under judgement included. */
  accepted: number;
  /** Votes that can still be bought. */
  votesRemaining: number;
  confidence: number;
  /** No unique winner. */
  tie: boolean;
}

export type VoteDecision =
  | { decision: 'pass' }
  | { decision: 'need_vote' }
  | { decision: 'need_review'; code: 'tied_votes' | 'confidence_not_reached' };

/**
 * Votes are bought one at a time until the posterior reaches the target. When no more can be had,
 * low and medium tiers take a unique winner with the confidence it has; high and critical tiers,
 * and ties, go to a reviewer.
 */
export function needMoreVotes(
  count: VoteCount,
  redundancy: Redundancy,
  tier: RiskTier,
): VoteDecision {
  const { accepted, votesRemaining, confidence, tie } = count;
  if (redundancy.maxVotes <= 1) return { decision: 'pass' };
  const sure = !tie && confidence >= redundancy.targetConfidence;
  if (sure && accepted >= redundancy.minVotes) return { decision: 'pass' };
  if (votesRemaining > 0 && accepted < redundancy.maxVotes) return { decision: 'need_vote' };
  if (tie) return { decision: 'need_review', code: 'tied_votes' };
  if (tier === 'low' || tier === 'medium') return { decision: 'pass' };
  return { decision: 'need_review', code: 'confidence_not_reached' };
}

export type ConsensusAlgorithm = 'gold_weighted' | 'dawid_skene';

/**
 * Dawid–Skene is for types whose typical worker has answered max(10, k²) times, so that a confusion
 * matrix can be known, and where it was strictly better on held-out gold.
 * @param medianAnswersPerWorker Answers of the type per worker, the median over workers.
 * @param heldOut Accuracy of both on the same held-out golds; null when there are none.
 */
export function chooseAlgorithm(
  labelCount: number,
  medianAnswersPerWorker: number,
  heldOut: { goldWeighted: number; dawidSkene: number } | null,
): ConsensusAlgorithm {
  if (heldOut === null) return 'gold_weighted';
  if (medianAnswersPerWorker < Math.max(10, labelCount ** 2)) return 'gold_weighted';
  return heldOut.dawidSkene > heldOut.goldWeighted ? 'dawid_skene' : 'gold_weighted';
}
