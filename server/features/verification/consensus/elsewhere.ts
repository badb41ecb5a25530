/** A voter's golds in a type's other facets, compared with the pool's. */
import type { Evidence, FacetEvidence } from './evidence-facts';
import { accuracyOf, poolAccuracyOf, type Tally } from './gold-naive-bayes';
import { remembered } from './remembered';
import { tallyOf } from './tally';

/** Golds in several facets; `expected` is the number that average voters get right. */
interface Standing extends Tally {
  expected: number;
}

/** Bounds accuracies, so that neither right nor wrong is impossible. */
const SHARE_MAX = 0.995;
/** Facets differ in their labels; the pool's accuracy is taken as given. */
const MANY_LABELS = Number.POSITIVE_INFINITY;

const standings = new WeakMap<Evidence, (workerId: string) => Standing>();

/**
 * A voter's advantage over others in the other facets, as a difference of log odds; null without
 * golds.
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

/** P(right) of a voter with this advantage over average ones, but never worse than chance. */
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

/** Numbers are not simply right or wrong, so they do not count here. */
function standingOn(facet: FacetEvidence | undefined, workerId: string): Standing {
  if (!facet || facet.pool.squaredError > 0) return { total: 0, right: 0, expected: 0 };
  const { total, right } = tallyOf(facet, workerId);
  return { total, right, expected: total * poolAccuracyOf(facet.pool, MANY_LABELS) };
}

function logOdds(share: number): number {
  const p = Math.min(SHARE_MAX, Math.max(1 - SHARE_MAX, share));
  return Math.log(p / (1 - p));
}
