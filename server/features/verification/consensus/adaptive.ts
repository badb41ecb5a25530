/** When to stop buying votes, and what becomes of an answer that is not sure enough. */
import type { Redundancy, RiskTier } from '../stage';

export interface VoteCount {
  /** Accepted answers, the one under judgement included. */
  accepted: number;
  /** Votes that can still be bought. */
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

/** How many votes ahead is looked: one vote seldom turns a result that two would. */
const VOTES_AHEAD = 3;

/**
 * Votes are bought one at a time until the answer is as sure as the target. Outside tier critical none is
 * bought that is not expected to be worth `voteValue`. Where no more come, the customer says what becomes of
 * it (`onLowConfidence`): it is taken with the confidence it has, or goes to a reviewer, or the task fails.
 * Ties go to a reviewer, but in tiers low and medium not after a vote that was bought beyond the minimum:
 * a doubt about one voter must not make a task wait for somebody who is not there.
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

/** Whether the best of the next one to three votes gains what a vote must. */
function isWorthMore(count: VoteCount, redundancy: Redundancy, tier: RiskTier): boolean {
  if (tier === 'critical' || count.tie) return true;
  const ahead = Math.min(VOTES_AHEAD, count.votesRemaining);
  for (let votes = 1; votes <= ahead; votes++) {
    const gain = (count.confidenceAfter(votes) - count.confidence) / votes;
    if (gain >= redundancy.voteValue) return true;
  }
  return false;
}
