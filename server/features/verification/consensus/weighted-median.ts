/** Robust centre and spread of weighted numbers. */

export interface WeightedNumber {
  value: number;
  /** Above 0. */
  weight: number;
}

/** MAD × this estimates the standard deviation of normal data. */
export const MAD_TO_SIGMA = 1.4826;

/**
 * The lower weighted median: always one of the given values, so that integers stay integers and
 * some voter really said it. NaN for no values.
 */
export function weightedMedian(numbers: readonly WeightedNumber[]): number {
  const sorted = [...numbers].sort((a, b) => a.value - b.value);
  const half = sorted.reduce((total, { weight }) => total + weight, 0) / 2;
  let reached = 0;
  for (const { value, weight } of sorted) {
    reached += weight;
    if (reached >= half - 1e-12) return value;
  }
  return Number.NaN;
}

/** Median absolute deviation from `centre`, scaled to a standard deviation. */
export function madScale(numbers: readonly WeightedNumber[], centre: number): number {
  const deviations = numbers.map(({ value, weight }) => ({
    value: Math.abs(value - centre),
    weight,
  }));
  return MAD_TO_SIGMA * weightedMedian(deviations);
}

/** Plain median of an unweighted sample, the mean of the middle two; NaN for no values. */
export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const upper = sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;
  const lower = sorted[Math.floor((sorted.length - 1) / 2)] ?? Number.NaN;
  return (lower + upper) / 2;
}
