/** The median of numbers, and their spread around it. */

/** MAD × this estimates the standard deviation of normal data. */
export const MAD_TO_SIGMA = 1.4826;

/** Plain median of an unweighted sample, the mean of the middle two; NaN for no values. */
export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const upper = sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;
  const lower = sorted[Math.floor((sorted.length - 1) / 2)] ?? Number.NaN;
  return (lower + upper) / 2;
}
