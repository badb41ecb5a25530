import type { FacetEvidence } from './evidence-facts';
import type { Tally } from './gold-naive-bayes';

/** A worker's golds, and those that were answered right. */
export function tallyOf(evidence: FacetEvidence | undefined, workerId: string): Tally {
  const tally = { right: 0, total: 0 };
  for (const { truth, said, weight } of evidence?.voters[workerId] ?? []) {
    tally.total += weight;
    if (truth === said) tally.right += weight;
  }
  return tally;
}
