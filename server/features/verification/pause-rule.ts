/**
 * When golds show a worker to be too inaccurate for a type. The rule is asked after each gold, so the bound
 * it rests on holds at all looks together: see decision 115.
 */
import { type GoldPolicy, goldPosterior } from './gold-posterior';
import { betaCdf, logBeta } from './special-functions';
import type { GoldTally } from './stage';

const HALVINGS = 40;

/**
 * Evidence that the accuracy lies below `line`, as a logarithm: a likelihood ratio of accuracies spread evenly
 * below it, against it. For accuracies of at least `line` it is a supermartingale in the number of golds, so
 * it ever reaches ln(1/α) with a probability of at most α (Ville).
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
 * The upper end of a one-sided confidence sequence: whatever the accuracy, it ever falls below it with a
 * probability of at most `alpha`, however often one looks.
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
 * Whether the type is to be paused for a worker: enough golds since the last return, the posterior's interval
 * below the pause line, and the confidence sequence below the accuracy that is safe from a pause.
 */
export function isPauseDue(since: GoldTally, pool: GoldTally, policy: GoldPolicy): boolean {
  const { pauseMinGolds, pauseBelow, pauseSafe, pauseAlpha } = policy;
  return (
    since.total >= pauseMinGolds &&
    logEvidenceBelow(since, Math.min(pauseSafe, 0.999)) >= -Math.log(pauseAlpha) &&
    goldPosterior(since, pool, policy).upper < pauseBelow
  );
}
