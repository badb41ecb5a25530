import type { RiskTier } from '@/server/features/task-types/schema';

/** Votes to gather where neither the request nor the type says, by risk tier. */
export const VOTES_BY_TIER: Record<
  RiskTier,
  { min: number; max: number; targetConfidence: number }
> = {
  low: { min: 1, max: 1, targetConfidence: 0.8 },
  medium: { min: 1, max: 1, targetConfidence: 0.8 },
  high: { min: 3, max: 5, targetConfidence: 0.95 },
  critical: { min: 3, max: 7, targetConfidence: 0.99 },
};
