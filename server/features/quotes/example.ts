import { createBody } from '@/server/features/tasks';
import type { RiskTier } from '@/server/features/tasks/schema';

/** The quote that the documentation shows. */
export const QUOTE_EXAMPLE = {
  body: createBody,
  answer: {
    object: 'quote',
    cost_sats: { held: 1100, payout_max: 1000, fee_max: 100 },
    eligible_workers: 12,
    online_workers: 4,
    expected_seconds: { p50: 6, p90: 14 },
    wage: {
      payout_sats: 500,
      sats_per_hour: 45_000,
      own_seconds: 40,
      answers: 36,
      floor_sats_per_hour: null,
      payout_sats_min: null,
    },
    risk_tier: 'medium',
    tiers: [
      { ...quoted('low', 1, 1, 0.8), expected_votes: 1, expected_confidence: 0.86 },
      { ...quoted('medium', 1, 2, 0.8), expected_votes: 1, expected_confidence: 0.87 },
      { ...quoted('high', 3, 5, 0.95), expected_votes: 3.4, expected_confidence: 0.96 },
      { ...quoted('critical', 3, 7, 0.99), expected_votes: 4.6, expected_confidence: 0.98 },
    ].map((tier) => ({ ...tier, expected_cost_sats: Math.round(tier.expected_votes * 550) })),
    warnings: [],
  },
};

function quoted(risk_tier: RiskTier, min_votes: number, max_votes: number, target: number) {
  const votes = { min_votes, max_votes, target_confidence: target, held_sats: max_votes * 550 };
  return { risk_tier, ...votes, basis: 'history' as const };
}
