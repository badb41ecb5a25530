/** A gold's quality: whether workers who are right elsewhere agree with it. Pure. */
import { logEvidenceBelow } from './pause-rule';
import type { VerificationPolicy } from './policy';
import type { GoldTally } from './stage';

/** One answer to a gold, and its worker's results on the type's other golds. */
export interface GoldAnswer {
  correct: boolean;
  others: GoldTally;
}

/** Why a gold should be retired. */
export type GoldFault = 'overturned' | 'best_disagree' | 'misleads';

export interface GoldHealth {
  /** P(right | better half of the workers) − P(right | worse half), in [−1, 1]. */
  discrimination: number;
  /** Share of the best workers, by their other golds, who agree with it; null without any of them. */
  agreementOfBest: number | null;
  state: 'unknown' | 'healthy' | 'watch' | 'retire';
  fault: GoldFault | null;
}

const ANSWERS_MIN = 8;
/** The best workers have at least this accuracy on this many other golds. */
const BEST_ACCURACY = 0.75;
const BEST_GOLDS_MIN = 3;
const HALF_MIN = 10;
/** One-sided 1%. */
const Z = 2.33;

const accuracyOf = ({ others }: GoldAnswer) => (others.correct + 3) / (others.total + 4);

function tallyOf(answers: readonly GoldAnswer[]): GoldTally {
  return { correct: answers.filter(({ correct }) => correct).length, total: answers.length };
}

/**
 * Evaluates a gold. It is unhealthy if an appeal against it was upheld; if the best workers give
 * another answer, by a bound that holds over all looks together (`retireAlpha`, as for a pause); or
 * if the better half of the workers is right less often than the worse.
 * @param overturned Upheld appeals against it.
 */
export function goldHealth(
  answers: readonly GoldAnswer[],
  overturned: number,
  { retireBelow, retireAlpha }: VerificationPolicy['gold'],
): GoldHealth {
  const best = tallyOf(
    answers.filter(
      (answer) => answer.others.total >= BEST_GOLDS_MIN && accuracyOf(answer) >= BEST_ACCURACY,
    ),
  );
  const byAccuracy = [...answers].sort((a, b) => accuracyOf(b) - accuracyOf(a));
  const half = Math.floor(byAccuracy.length / 2);
  const better = tallyOf(byAccuracy.slice(0, half));
  const worse = tallyOf(byAccuracy.slice(byAccuracy.length - half));
  const discrimination = shareOf(better) - shareOf(worse);
  const agreementOfBest = best.total === 0 ? null : shareOf(best);
  const disagree = logEvidenceBelow(best, retireBelow) >= -Math.log(retireAlpha);
  const misleads = half >= HALF_MIN && discrimination + Z * errorOf(better, worse) < 0;
  const fault: GoldFault | null =
    overturned > 0 ? 'overturned' : disagree ? 'best_disagree' : misleads ? 'misleads' : null;
  const known = { discrimination, agreementOfBest, fault };
  if (fault) return { ...known, state: 'retire' };
  if (answers.length < ANSWERS_MIN) return { ...known, state: 'unknown' };
  const isDoubtful = discrimination < 0 || (agreementOfBest ?? 1) < BEST_ACCURACY - 0.15;
  return { ...known, state: isDoubtful ? 'watch' : 'healthy' };
}

function shareOf({ correct, total }: GoldTally): number {
  return total === 0 ? 0 : correct / total;
}

/**
 * Standard error of the difference of two shares, each with one pseudo-answer of either kind: none
 * is certain.
 */
function errorOf(a: GoldTally, b: GoldTally): number {
  const variance = ({ correct, total }: GoldTally) => {
    const p = (correct + 1) / (total + 2);
    return (p * (1 - p)) / (total + 2);
  };
  return Math.sqrt(variance(a) + variance(b));
}
