/**
 * Decides when golds show that a worker is too inaccurate for a type. Evaluated after each gold, so
 * its bound holds over all looks together: see decision 115.
 */
import { type GoldPolicy, goldPosterior } from './gold-posterior';
import { betaCdf, logBeta } from './special-functions';
import type { GoldTally } from './stage';

const HALVINGS = 40;

/**
 * Evidence, as a logarithm, that the accuracy is below `line`: the likelihood ratio of accuracies
 * distributed uniformly below it, against it. For accuracies of at least `line` it is a
 * supermartingale in the number of golds, so it ever reaches ln(1/α) with probability at most α
 * (Ville).
 */
export function logEvidenceBelow({ correct, total }: GoldTally, line: number): number {
  const wrong = total - correct;
  const below = betaCdf(line, correct + 1, wrong + 1);
  if (below <= 0) return Number.NEGATIVE_INFINITY;
  return (
    Math.log(below) +
    logBeta(correct + 1, wrong + 1) -
    Math.log(line) -
    correct * Math.log(line) -
    wrong * Math.log1p(-line)
  );
}

/**
 * The upper end of a one-sided confidence sequence: for any accuracy, it ever falls below it with
 * probability at most `alpha`, however often it is evaluated.
 */
export function accuracyAtMost(tally: GoldTally, alpha: number): number {
  const enough = -Math.log(alpha);
  let low = tally.total === 0 ? 1 : tally.correct / tally.total;
  let high = 1;
  for (let i = 0; i < HALVINGS; i++) {
    const middle = (low + high) / 2;
    if (logEvidenceBelow(tally, middle) < enough) low = middle;
    else high = middle;
  }
  return high;
}

/**
 * Whether to pause the type for a worker: enough golds since the last return, the posterior's
 * interval below the pause line, and the confidence sequence below the accuracy that is safe from a
 * pause.
 */
export function isPauseDue(since: GoldTally, pool: GoldTally, policy: GoldPolicy): boolean {
  const { pauseMinGolds, pauseBelow, pauseSafe, pauseAlpha } = policy;
  return (
    since.total >= pauseMinGolds &&
    logEvidenceBelow(since, Math.min(pauseSafe, 0.999)) >= -Math.log(pauseAlpha) &&
    goldPosterior(since, pool, policy).upper < pauseBelow
  );
}
