/** How sure several parts of one answer are together. */
import { STRENGTH } from './gold-naive-bayes';

export interface Part {
  /** P(this part is right). */
  confidence: number;
  /** Mean golds, in this part, of those who voted on it. */
  golds: number;
}

/**
 * P(all parts are right). Parts of one answer come from the same people, and who was right in some of them is
 * likelier right in the next: after i parts, the next counts as given by voters with i golds more, all right,
 * (s·c + i)/(s + i) with s = 4 + golds. The least sure part comes first. Never less than the product, which it
 * nears as golds tell more, and never more than the least sure part. 1 without parts.
 */
export function together(parts: readonly Part[]): number {
  return [...parts]
    .sort((one, other) => one.confidence - other.confidence)
    .reduce((all, { confidence, golds }, i) => {
      const strength = STRENGTH + golds;
      return (all * (strength * confidence + i)) / (strength + i);
    }, 1);
}
