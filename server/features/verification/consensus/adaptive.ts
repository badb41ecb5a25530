/** When to stop requesting votes, and how to handle low confidence. */
import type { Redundancy, RiskTier } from '../stage';

export interface VoteCount {
  /** Accepted answers, including the one being judged. */
  accepted: number;
  /** Votes that can still be requested. */
  votesRemaining: number;
  confidence: number;
  /** No unique winner. */
  tie: boolean;
  /** The expected confidence after 1 to 3 further votes of average workers. */
  confidenceAfter: (votes: number) => number;
}

export type VoteDecision =
  | { decision: 'pass' }
  | { decision: 'need_vote' }
  | { decision: 'fail' }
  | { decision: 'need_review'; code: 'tied_votes' | 'confidence_not_reached' };

/** Number of votes to look ahead: one vote seldom changes a result that two would. */
const VOTES_AHEAD = 3;

/**
 * Requests votes one at a time until the answer reaches the target confidence. Outside tier
 * critical, a vote is requested only if its expected value is at least `voteValue`. When no more
 * votes come, `onLowConfidence` decides: the answer is accepted with its confidence, or goes to a
 * reviewer, or the task fails. Ties go to a reviewer, but in tiers low and medium not after a vote
 * requested beyond the minimum: a doubt about one voter must not make a task wait for an absent
 * reviewer.
 */
export function needMoreVotes(
  count: VoteCount,
  redundancy: Redundancy,
  tier: RiskTier,
): VoteDecision {
  const { accepted, votesRemaining, confidence, tie } = count;
  const sure = !tie && confidence >= redundancy.targetConfidence;
  if (sure && accepted >= redundancy.minVotes) return { decision: 'pass' };
  const canBuy = votesRemaining > 0 && accepted < redundancy.maxVotes;
  if (canBuy && (accepted < redundancy.minVotes || isWorthMore(count, redundancy, tier))) {
    return { decision: 'need_vote' };
  }
  if (redundancy.onLowConfidence === 'fail') return { decision: 'fail' };
  if (tie && !isTakenAsItIs(count, redundancy, tier)) {
    return { decision: 'need_review', code: 'tied_votes' };
  }
  if (redundancy.onLowConfidence === 'verify') return { decision: 'pass' };
  return { decision: 'need_review', code: 'confidence_not_reached' };
}

function isTakenAsItIs(
  { accepted }: VoteCount,
  { minVotes, onLowConfidence }: Redundancy,
  tier: RiskTier,
): boolean {
  const isLight = tier === 'low' || tier === 'medium';
  return isLight && accepted > minVotes && onLowConfidence === 'verify';
}

/** Whether the best of the next one to three votes has enough expected gain. */
function isWorthMore(count: VoteCount, redundancy: Redundancy, tier: RiskTier): boolean {
  if (tier === 'critical' || count.tie) return true;
  const ahead = Math.min(VOTES_AHEAD, count.votesRemaining);
  for (let votes = 1; votes <= ahead; votes++) {
    const gain = (count.confidenceAfter(votes) - count.confidence) / votes;
    if (gain >= redundancy.voteValue) return true;
  }
  return false;
}
