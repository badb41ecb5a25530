/** What golds say of a voter in the other facets of a type, beside what they say of everybody there. */
import type { Evidence, FacetEvidence } from './evidence-facts';
import { accuracyOf, poolAccuracyOf, type Tally } from './gold-naive-bayes';
import { remembered } from './remembered';
import { tallyOf } from './tally';

/** Golds in several facets; `expected` is how many of them average voters have right. */
interface Standing extends Tally {
  expected: number;
}

/** Nobody is so good or so bad that the other is impossible. */
const SHARE_MAX = 0.995;
/** Facets differ in their labels; the pool's accuracy is taken as it is. */
const MANY_LABELS = Number.POSITIVE_INFINITY;

const standings = new WeakMap<Evidence, (workerId: string) => Standing>();

/**
 * By how much a voter is better than others in the facets besides this one, as a difference of log odds;
 * null where no golds say.
 */
export function edgeElsewhere(evidence: Evidence, facet: string, workerId: string): number | null {
  const all = standingIn(evidence, workerId);
  const own = standingOn(evidence[facet], workerId);
  const total = all.total - own.total;
  if (total <= 0) return null;
  const average = (all.expected - own.expected) / total;
  const accuracy = accuracyOf({ right: all.right - own.right, total }, average);
  return logOdds(accuracy) - logOdds(average);
}

/** P(right) of a voter who is so much better than average ones, but never worse than chance. */
export function accuracyWith(edge: number, poolAccuracy: number, k: number): number {
  const accuracy = 1 / (1 + Math.exp(-(logOdds(poolAccuracy) + edge)));
  return Math.min(SHARE_MAX, Math.max(1 / k, accuracy));
}

function standingIn(evidence: Evidence, workerId: string): Standing {
  const standingOf = standings.get(evidence) ?? remembered((id: string) => sumOf(evidence, id));
  standings.set(evidence, standingOf);
  return standingOf(workerId);
}

function sumOf(evidence: Evidence, workerId: string): Standing {
  const sum = { total: 0, right: 0, expected: 0 };
  for (const facet of Object.values(evidence)) {
    const { total, right, expected } = standingOn(facet, workerId);
    sum.total += total;
    sum.right += right;
    sum.expected += expected;
  }
  return sum;
}

/** Numbers are more or less off, not right or wrong, so they say nothing here. */
function standingOn(facet: FacetEvidence | undefined, workerId: string): Standing {
  if (!facet || facet.pool.squaredError > 0) return { total: 0, right: 0, expected: 0 };
  const { total, right } = tallyOf(facet, workerId);
  return { total, right, expected: total * poolAccuracyOf(facet.pool, MANY_LABELS) };
}

function logOdds(share: number): number {
  const p = Math.min(SHARE_MAX, Math.max(1 - SHARE_MAX, share));
  return Math.log(p / (1 - p));
}
