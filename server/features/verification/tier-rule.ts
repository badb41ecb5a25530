/** The risk tier that a worker may get for one organization's type, based on their record. Pure. */
import { goldPosterior } from './gold-posterior';
import { type GoldRecord, talliedByAge, talliedSince } from './gold-tally';
import { type PolicyOverrides, type PolicyTier, policyFor } from './policy';
import type { GoldTally } from './stage';

export const TIERS: readonly PolicyTier[] = ['low', 'medium', 'high', 'critical'];

export interface TierFacts {
  /** The current tier. */
  tier: PolicyTier;
  record: GoldRecord;
  pool: GoldTally;
  reliability: number;
  /** Whether the type is paused for the worker. */
  paused: boolean;
  overrides: PolicyOverrides;
}

/** A tier's requirements, and their current values. */
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

/** The requirements for being raised to `tier`. */
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
 * The re-evaluated tier: at most one step from the current one. The thresholds for raising exceed
 * those for keeping a tier (`tierSlack`, and the two reliabilities), so that chance alone does not
 * toggle it.
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

/** A few golds lower nobody's tier: a newcomer's interval is wide regardless of the answers. */
function isLost(facts: TierFacts): boolean {
  const { gold } = policyFor(facts.tier, facts.overrides);
  const { golds, lower, floor } = needsOf(facts.tier, facts);
  if (golds < gold.pauseMinGolds) return false;
  return lower < floor - gold.tierSlack || facts.reliability < gold.reliabilityFall;
}
