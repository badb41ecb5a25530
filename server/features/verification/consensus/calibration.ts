/**
 * Calibration error: is a confidence of .9 right nine times in ten? Measured on labelled tasks, and
 * displayed.
 */
import { seededRandom } from './seeded-random';

/** Number of equal-width bins for the displayed error. */
export const ECE_BINS = 15;
const SIMULATIONS = 20;
const SEED = 1;

/** A stated confidence in [0, 1] and whether the answer was right: 1, 0, or a tie's expected share. */
export interface StatedConfidence {
  confidence: number;
  correct: number;
}

interface CalibrationBin {
  /** The bin holds confidences in [from, to), the last one [from, 1]. */
  from: number;
  to: number;
  count: number;
  meanConfidence: number;
  accuracy: number;
}

export interface Calibration {
  /** Expected calibration error: |accuracy − confidence| per bin, weighted by count. Null without data. */
  ece: number | null;
  bins: CalibrationBin[];
}

/** Expected calibration error over bins of equal width; empty bins are skipped. */
export function calibrationOf(
  stated: readonly StatedConfidence[],
  binCount = ECE_BINS,
): Calibration {
  const sums = Array.from({ length: binCount }, () => ({ count: 0, confidence: 0, correct: 0 }));
  for (const { confidence, correct } of stated) {
    const bin = sums[binAt(confidence, binCount)];
    if (!bin) continue;
    bin.count++;
    bin.confidence += confidence;
    bin.correct += correct;
  }
  const bins = sums.flatMap(({ count, confidence, correct }, i) =>
    count === 0
      ? []
      : [
          {
            from: i / binCount,
            to: (i + 1) / binCount,
            count,
            meanConfidence: confidence / count,
            accuracy: correct / count,
          },
        ],
  );
  if (stated.length === 0) return { ece: null, bins };
  const error = bins.reduce(
    (sum, bin) => sum + bin.count * Math.abs(bin.accuracy - bin.meanConfidence),
    0,
  );
  return { ece: error / stated.length, bins };
}

/**
 * The error that as many perfectly calibrated confidences would show by chance: the mean of 20
 * simulations in which each is right as often as it states. Null without data.
 */
export function eceFloor(confidences: readonly number[]): number | null {
  if (confidences.length === 0) return null;
  const random = seededRandom(SEED);
  const binOf = confidences.map((confidence) => binAt(confidence, ECE_BINS));
  let sum = 0;
  for (let round = 0; round < SIMULATIONS; round++) {
    // Per bin, the number right minus the stated sum.
    const excess = new Float64Array(ECE_BINS);
    for (const [i, confidence] of confidences.entries()) {
      const bin = binOf[i] ?? 0;
      excess[bin] = (excess[bin] ?? 0) + Number(random() < confidence) - confidence;
    }
    sum += excess.reduce((total, each) => total + Math.abs(each), 0) / confidences.length;
  }
  return sum / SIMULATIONS;
}

function binAt(confidence: number, binCount: number): number {
  return Math.min(binCount - 1, Math.max(0, Math.floor(confidence * binCount)));
}

const TIE_TOLERANCE = 1e-9;

/**
 * Accuracy of a posterior against the truth, counting a tie as the expected accuracy of a random
 * choice among the tied labels.
 */
export function expectedAccuracy(posterior: Map<string, number>, truth: string): number {
  const top = Math.max(...posterior.values());
  const leaders = [...posterior].filter(([, p]) => p >= top - TIE_TOLERANCE);
  return leaders.some(([label]) => label === truth) ? 1 / leaders.length : 0;
}
