/** Which risk a worker may be given of one organization's type, by what was shown there. Pure. */
import { goldPosterior } from './gold-posterior';
import { type GoldRecord, talliedByAge, talliedSince } from './gold-tally';
import { type PolicyOverrides, type PolicyTier, policyFor } from './policy';
import type { GoldTally } from './stage';

export const TIERS: readonly PolicyTier[] = ['low', 'medium', 'high', 'critical'];

export interface TierFacts {
  /** The tier now. */
  tier: PolicyTier;
  record: GoldRecord;
  pool: GoldTally;
  reliability: number;
  /** The type is paused for the worker. */
  paused: boolean;
  overrides: PolicyOverrides;
}

/** What a tier asks for, and what there is of it. */
export interface TierNeeds {
  tier: PolicyTier;
  /** The posterior's lower end must reach this. */
  floor: number;
  lower: number;
  /** Golds since the latest return from a pause. */
  golds: number;
  goldsNeeded: number;
  reliability: number;
  reliabilityNeeded: number;
  paused: boolean;
}

/** What it takes to be raised to `tier`. */
export function needsOf(tier: PolicyTier, facts: TierFacts): TierNeeds {
  const { gold } = policyFor(tier, facts.overrides);
  const tally = talliedByAge(facts.record, gold.pastWeight);
  return {
    tier,
    floor: gold.floor,
    lower: goldPosterior(tally, facts.pool, gold).lower,
    golds: talliedSince(facts.record).total,
    goldsNeeded: gold.tierMinGolds,
    reliability: facts.reliability,
    reliabilityNeeded: gold.reliabilityRise,
    paused: facts.paused,
  };
}

/** The tier above; null at the top. */
export function tierAbove(tier: PolicyTier): PolicyTier | null {
  return TIERS[TIERS.indexOf(tier) + 1] ?? null;
}

/**
 * The tier after another look: at most one step from the one now. What lifts a worker lies above what keeps
 * one (`tierSlack`, and the two reliabilities), so that chance alone does not move anybody to and fro.
 */
export function tierByRule(facts: TierFacts): PolicyTier {
  const above = tierAbove(facts.tier);
  if (above && isMet(needsOf(above, facts))) return above;
  const below = TIERS[TIERS.indexOf(facts.tier) - 1];
  return below && isLost(facts) ? below : facts.tier;
}

function isMet(needs: TierNeeds): boolean {
  return (
    !needs.paused &&
    needs.golds >= needs.goldsNeeded &&
    needs.lower >= needs.floor &&
    needs.reliability >= needs.reliabilityNeeded
  );
}

/** Few golds lose nobody a tier: a newcomer's interval is wide whatever is answered. */
function isLost(facts: TierFacts): boolean {
  const { gold } = policyFor(facts.tier, facts.overrides);
  const { golds, lower, floor } = needsOf(facts.tier, facts);
  if (golds < gold.pauseMinGolds) return false;
  return lower < floor - gold.tierSlack || facts.reliability < gold.reliabilityFall;
}
