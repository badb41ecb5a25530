/** The joint confidence of several parts of one answer. */
import { STRENGTH } from './gold-naive-bayes';

export interface Part {
  /** P(this part is right). */
  confidence: number;
  /** Mean number of golds of the voters in this part. */
  golds: number;
}

/**
 * P(all parts are right). The parts come from the same people, and a voter who was right in some of
 * them is more likely right in the next: after i parts, the next counts as given by voters with i
 * more golds, all right, (s·c + i)/(s + i) with s = 4 + golds. Starts with the least certain part.
 * Never below the product, which it approaches with more golds, and never above the least certain
 * part. 1 without parts.
 */
export function together(parts: readonly Part[]): number {
  return [...parts]
    .sort((one, other) => one.confidence - other.confidence)
    .reduce((all, { confidence, golds }, i) => {
      const strength = STRENGTH + golds;
      return (all * (strength * confidence + i)) / (strength + i);
    }, 1);
}
