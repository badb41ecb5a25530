/**
 * Measures how far an agent's stated confidence can be trusted, and above which confidence asking
 * people does not pay. Pure.
 */

/** Guesses whose confidence lies in one hundredth. */
export interface GuessBin {
  /** 0 to 99; a confidence of 1 falls into the last one. */
  hundredth: number;
  count: number;
  right: number;
  confidenceSum: number;
  /** The cost of people's answers to these tasks. */
  chargedSats: number;
}

/** The 97.5th percentile of the normal distribution, for a two-sided 95 % interval. */
const Z = 1.959963984540054;

export interface Interval {
  low: number;
  high: number;
}

/** Wilson's 95 % interval of a share; stays within 0 and 1, and is wide for small samples. */
export function wilson(right: number, count: number): Interval {
  if (count === 0) return { low: 0, high: 1 };
  const share = right / count;
  const z2 = Z * Z;
  const centre = (share + z2 / (2 * count)) / (1 + z2 / count);
  const half =
    (Z / (1 + z2 / count)) * Math.sqrt((share * (1 - share)) / count + z2 / (4 * count * count));
  return { low: Math.max(0, centre - half), high: Math.min(1, centre + half) };
}

export interface Bucket {
  from: number;
  to: number;
  count: number;
  right: number;
  /** Null without guesses. */
  accuracy: number | null;
  confidence: number | null;
  interval: Interval | null;
}

/** A bucket of an agent's guesses. */
export interface GuessBucket extends Bucket {
  /** The value of asking people about them. */
  bought: Bought;
}

/** The value of asking people: guesses changed, and the cost. */
export interface Bought {
  /** Guesses that differ from the verified output. */
  changed: number;
  chargedSats: number;
  /** Sats per changed guess; null if none was changed. */
  satsPerChange: number | null;
}

/** The value of asking people about these guesses. */
export function boughtBy(bins: readonly GuessBin[]): Bought {
  const changed = total(bins, (bin) => bin.count - bin.right);
  const chargedSats = total(bins, (bin) => bin.chargedSats);
  return { changed, chargedSats, satsPerChange: changed > 0 ? chargedSats / changed : null };
}

const BUCKETS = 10;

/** Groups the guesses by tenths of their confidence. */
export function bucketsOf(bins: readonly GuessBin[]): GuessBucket[] {
  return Array.from({ length: BUCKETS }, (_, at) => {
    const own = bins.filter(({ hundredth }) => Math.floor(hundredth / BUCKETS) === at);
    const count = total(own, (bin) => bin.count);
    const right = total(own, (bin) => bin.right);
    return {
      from: at / BUCKETS,
      to: (at + 1) / BUCKETS,
      count,
      right,
      accuracy: count > 0 ? right / count : null,
      confidence: count > 0 ? total(own, (bin) => bin.confidenceSum) / count : null,
      interval: count > 0 ? wilson(right, count) : null,
      bought: boughtBy(own),
    };
  });
}

/**
 * Expected calibration error: the distance between confidence and accuracy per bucket, weighted by
 * guesses. 0 means perfectly calibrated. Null without guesses.
 */
export function expectedCalibrationError(buckets: readonly Bucket[]): number | null {
  const count = total(buckets, (bucket) => bucket.count);
  if (count === 0) return null;
  return total(
    buckets,
    ({ count: own, accuracy, confidence }) =>
      (own / count) * Math.abs((accuracy ?? 0) - (confidence ?? 0)),
  );
}

/** What not asking above a confidence would have saved. */
export interface Saving {
  threshold: number;
  /** Guesses with at least that confidence, and how many of them were wrong. */
  count: number;
  wrong: number;
  /** The cost of asking minus the cost of wrong answers: Σ charged − wrong × cost. */
  savingSats: number;
  /** The same with the accuracy at the lower end of its interval. */
  savingSatsLow: number;
}

/** The saving at each hundredth of confidence, from 0 to 0.99. */
export function savingsOf(bins: readonly GuessBin[], wrongCostSats: number): Saving[] {
  const byHundredth = new Map(bins.map((bin) => [bin.hundredth, bin]));
  const savings: Saving[] = [];
  let count = 0;
  let right = 0;
  let charged = 0;
  for (let hundredth = 99; hundredth >= 0; hundredth--) {
    const bin = byHundredth.get(hundredth);
    count += bin?.count ?? 0;
    right += bin?.right ?? 0;
    charged += bin?.chargedSats ?? 0;
    const wrong = count - right;
    const wrongAtWorst = count * (1 - wilson(right, count).low);
    savings.push({
      threshold: hundredth / 100,
      count,
      wrong,
      savingSats: charged - wrong * wrongCostSats,
      savingSatsLow: charged - wrongAtWorst * wrongCostSats,
    });
  }
  return savings.reverse();
}

/**
 * The confidence above which not asking would have saved the most; on a tie the highest, which asks
 * more. Null if asking always paid.
 */
export function bestThreshold(savings: readonly Saving[]): Saving | null {
  let best: Saving | null = null;
  for (const saving of savings) {
    if (saving.count > 0 && saving.savingSats > 0 && saving.savingSats >= (best?.savingSats ?? 0)) {
      best = saving;
    }
  }
  return best;
}

/** Minimum number of guesses above a recommended threshold. */
const RECOMMENDED_FROM = 20;

/**
 * The confidence above which people need not be asked: not asking would have saved the most even at
 * the lower end of the accuracy's 95 % interval. On a tie the highest. Null if asking probably
 * pays, or with fewer than 20 guesses above.
 */
export function recommendedThreshold(savings: readonly Saving[]): Saving | null {
  let best: Saving | null = null;
  for (const saving of savings) {
    const isSafe = saving.count >= RECOMMENDED_FROM && saving.savingSatsLow > 0;
    if (isSafe && saving.savingSatsLow >= (best?.savingSatsLow ?? 0)) best = saving;
  }
  return best;
}

function total<Row>(rows: readonly Row[], read: (row: Row) => number): number {
  return rows.reduce((sum, row) => sum + read(row), 0);
}
