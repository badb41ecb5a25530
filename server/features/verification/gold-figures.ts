import { betaQuantile } from './special-functions';
import type { GoldTally } from './stage';

const INTERVAL_MASS = 0.9;

/** The share answered right, with its 90% interval; without a prior. */
export function shareRight({ correct, total }: GoldTally): {
  mean: number;
  lower: number;
  upper: number;
} {
  const alpha = correct + 1;
  const beta = total - correct + 1;
  const tail = (1 - INTERVAL_MASS) / 2;
  return {
    mean: total === 0 ? 0 : correct / total,
    lower: betaQuantile(tail, alpha, beta),
    upper: betaQuantile(1 - tail, alpha, beta),
  };
}
