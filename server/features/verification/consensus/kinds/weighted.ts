/** Winners among weighted values. */
import type { Json } from '../../stage';
import { labelKey } from '../json-value';

export interface Weighted<T> {
  value: T;
  weight: number;
}

/**
 * The weighted median; between two values the lower one, so that the result is a value that was
 * given. NaN without numbers.
 */
export function weightedMedian(numbers: readonly Weighted<number>[]): number {
  const sorted = [...numbers].sort((a, b) => a.value - b.value);
  const half = sorted.reduce((sum, { weight }) => sum + weight, 0) / 2;
  let passed = 0;
  for (const { value, weight } of sorted) {
    passed += weight;
    if (passed >= half - 1e-12) return value;
  }
  return Number.NaN;
}

/** The value with the most weight, with equal values summed; the first on ties. */
export function plurality(values: readonly Weighted<Json | undefined>[]): Json | undefined {
  const weights = new Map<string, Weighted<Json | undefined>>();
  for (const { value, weight } of values) {
    const key = labelKey(value);
    const known = weights.get(key);
    if (known) known.weight += weight;
    else weights.set(key, { value, weight });
  }
  let best: Weighted<Json | undefined> | undefined;
  for (const each of weights.values()) {
    if (!best || each.weight > best.weight + 1e-12) best = each;
  }
  return best?.value;
}
