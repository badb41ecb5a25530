/**
 * How often honest and other workers are paused within 300 answers if the rule is evaluated after
 * every gold. The probabilities are exact: summed over all sequences of right and wrong, and of
 * golds.
 */
import { describe, expect, it } from 'vitest';
import { seededRandom } from './consensus/seeded-random';
import { type GoldPolicy, goldChance } from './gold-posterior';
import { NO_GOLDS, scoredSince, talliedSince } from './gold-tally';
import { accuracyAtMost, isPauseDue } from './pause-rule';
import { type PolicyTier, policyFor } from './policy';

const ANSWERS = 300;
const NO_POOL = { correct: 0, total: 0 };
/** The rate that falls with evidence, the highest one a type may set, and a gold each time. */
const RATES = [null, 0.5, 1] as const;

const decisions = new Map<string, boolean>();

function isDue(correct: number, total: number, policy: GoldPolicy): boolean {
  const { pauseMinGolds, pauseBelow, pauseSafe } = policy;
  const key = [correct, total, pauseMinGolds, pauseBelow, pauseSafe].join();
  const known = decisions.get(key) ?? isPauseDue({ correct, total }, NO_POOL, policy);
  decisions.set(key, known);
  return known;
}

/** By the number of golds answered, the share of workers with this accuracy who are paused by then. */
function pausedByGolds(accuracy: number, policy: GoldPolicy, golds: number): number[] {
  let going = [1];
  const paused = [0];
  for (let total = 1; total <= golds; total++) {
    const next = new Array<number>(total + 1).fill(0);
    let stopped = 0;
    for (let correct = 0; correct <= total; correct++) {
      const here = (going[correct] ?? 0) * (1 - accuracy) + (going[correct - 1] ?? 0) * accuracy;
      if (here < 1e-12) continue;
      if (isDue(correct, total, policy)) stopped += here;
      else next[correct] = here;
    }
    going = next;
    paused.push((paused[total - 1] ?? 0) + stopped);
  }
  return paused;
}

/** The probabilities of each number of golds among the answers. */
function goldsAmong(answers: number, rate: number | null, policy: GoldPolicy): number[] {
  let counts = [1];
  for (let answer = 0; answer < answers; answer++) {
    const next = new Array<number>(counts.length + 1).fill(0);
    for (const [golds, share] of counts.entries()) {
      const chance = goldChance({ correct: 0, total: golds }, rate, policy);
      next[golds] = (next[golds] ?? 0) + share * (1 - chance);
      next[golds + 1] = (next[golds + 1] ?? 0) + share * chance;
    }
    counts = next;
  }
  return counts;
}

function sharePaused(
  accuracy: number,
  { gold }: { gold: GoldPolicy },
  rate: number | null = null,
): number {
  const golds = goldsAmong(ANSWERS, rate, gold);
  const paused = pausedByGolds(accuracy, gold, ANSWERS);
  return golds.reduce((sum, share, n) => sum + share * (paused[n] ?? 0), 0);
}

describe('honest workers', () => {
  it('right with .8 or more are paused less than once in 200, in every tier and at every rate', () => {
    for (const tier of ['low', 'medium', 'high', 'critical'] as const) {
      for (const rate of RATES) {
        for (const accuracy of [0.9, 0.8]) {
          const share = sharePaused(accuracy, policyFor(tier), rate);
          expect(share, `${tier}, rate ${rate}, accuracy ${accuracy}`).toBeLessThanOrEqual(0.005);
        }
      }
    }
  });

  it('just as accurate as is safe are so too: the bound holds at all looks together', () => {
    for (const tier of ['low', 'medium', 'high', 'critical'] as const) {
      const policy = policyFor(tier);
      expect(sharePaused(policy.gold.pauseSafe, policy, 1)).toBeLessThanOrEqual(0.005);
    }
  });

  it('of ten fields, right in each nine times in ten, are not measured by their whole answers', () => {
    const { gold } = policyFor('medium');
    const record = { ...NO_GOLDS, goldCorrect: 5, goldTotal: 20, goldScore: 18 };
    expect(isPauseDue(talliedSince(record), NO_POOL, gold)).toBe(true);
    expect(isPauseDue(scoredSince(record), NO_POOL, gold)).toBe(false);
  });

  it('would be paused too often by the interval alone', () => {
    const { gold } = policyFor('critical');
    const alone = { gold: { ...gold, pauseSafe: 0.999, pauseMinGolds: 1 } };
    expect(sharePaused(0.8, alone, 0.5)).toBeGreaterThan(0.006);
  });
});

describe('others', () => {
  const cases: [accuracy: number, tier: PolicyTier, least: number, most: number][] = [
    // A worker who is nearly always wrong; guessers among four, three and two; a sloppy one.
    [0.1, 'low', 0.999, 1],
    [0.25, 'medium', 0.99, 1],
    [1 / 3, 'medium', 0.92, 0.96],
    [0.5, 'medium', 0.2, 0.26],
    [0.5, 'high', 0.45, 0.52],
    [0.5, 'critical', 0.85, 0.95],
    [0.6, 'critical', 0.4, 0.6],
  ];
  it.each(cases)('right with %d are paused in tier %s: %d to %d', (accuracy, tier, least, most) => {
    const share = sharePaused(accuracy, policyFor(tier));
    expect(share).toBeGreaterThanOrEqual(least);
    expect(share).toBeLessThanOrEqual(most);
  });

  it('are paused as often in a simulated crowd', () => {
    const policy = policyFor('medium');
    const random = seededRandom(2_026);
    const workers = 500;
    let paused = 0;
    for (let worker = 0; worker < workers; worker++) {
      const tally = { correct: 0, total: 0 };
      for (let answer = 0; answer < ANSWERS; answer++) {
        if (random() >= goldChance(tally, null, policy.gold)) continue;
        tally.total += 1;
        if (random() < 1 / 3) tally.correct += 1;
        if (!isDue(tally.correct, tally.total, policy.gold)) continue;
        paused += 1;
        break;
      }
    }
    const expected = sharePaused(1 / 3, policy);
    const error = Math.sqrt((expected * (1 - expected)) / workers);
    expect(Math.abs(paused / workers - expected)).toBeLessThan(3 * error);
  });
});

describe('the upper bound', () => {
  it('is 1 without golds, falls with wrong ones, and lies above the share', () => {
    expect(accuracyAtMost(NO_POOL, 0.005)).toBeCloseTo(1, 9);
    const few = accuracyAtMost({ correct: 2, total: 10 }, 0.005);
    const many = accuracyAtMost({ correct: 20, total: 100 }, 0.005);
    expect(many).toBeLessThan(few);
    expect(many).toBeGreaterThan(0.2);
    expect(few).toBeLessThan(1);
  });
});
