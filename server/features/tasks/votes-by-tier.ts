import type { RiskTier } from '@/server/features/task-types/schema';

export interface VotesOfTier {
  min: number;
  max: number;
  targetConfidence: number;
}

/** Default votes by risk tier, from the public pool. */
export const VOTES_BY_TIER: Record<RiskTier, VotesOfTier> = {
  low: { min: 1, max: 1, targetConfidence: 0.8 },
  medium: { min: 1, max: 2, targetConfidence: 0.8 },
  high: { min: 3, max: 5, targetConfidence: 0.95 },
  critical: { min: 3, max: 7, targetConfidence: 0.99 },
};

/**
 * The tier's votes for a task. The second vote in tier medium is for workers without a track
 * record: an organization's own people are not asked twice, and a fixed price for a whole task is
 * not halved for a vote that is rarely bought.
 */
export function votesOfTier(
  tier: RiskTier,
  { ownPeople, priced }: { ownPeople: boolean; priced: boolean },
): VotesOfTier {
  const votes = VOTES_BY_TIER[tier];
  return tier === 'medium' && (ownPeople || priced) ? { ...votes, max: votes.min } : votes;
}
