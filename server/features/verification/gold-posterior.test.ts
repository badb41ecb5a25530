import { describe, expect, it } from 'vitest';
import { seededRandom } from './consensus/seeded-random';
import { goldChance, goldPosterior, goldRate, isUnderDoubt, priorMean } from './gold-posterior';
import { policyFor } from './policy';

const policy = policyFor('medium').gold;
const NONE = { correct: 0, total: 0 };

describe('the posterior of accuracy', () => {
  it('starts a newcomer of an unknown type at Beta(3, 1)', () => {
    const posterior = goldPosterior(NONE, NONE, policy);
    expect([posterior.alpha, posterior.beta]).toEqual([3, 1]);
    expect(posterior.mean).toBe(0.75);
    expect(posterior.lower).toBeCloseTo(0.05 ** (1 / 3), 10);
    expect(posterior.upper).toBeCloseTo(0.95 ** (1 / 3), 10);
  });

  it("starts a newcomer of a known type near the type's workers", () => {
    expect(priorMean({ correct: 600, total: 1_000 }, policy)).toBeCloseTo(0.6, 2);
    expect(goldPosterior(NONE, { correct: 600, total: 1_000 }, policy).mean).toBeCloseTo(0.6, 2);
  });

  it('narrows with evidence, and holds the truth as often as it says', () => {
    const random = seededRandom(11);
    let inside = 0;
    const trials = 2_000;
    for (let i = 0; i < trials; i++) {
      // Accuracies drawn from the prior: Beta(3, 1) is the largest of three uniform numbers.
      const accuracy = Math.max(random(), random(), random());
      const total = 1 + Math.floor(random() * 30);
      const correct = Array.from({ length: total }, () => random()).filter(
        (draw) => draw < accuracy,
      ).length;
      const { lower, upper } = goldPosterior({ correct, total }, NONE, policy);
      if (lower <= accuracy && accuracy <= upper) inside++;
    }
    expect(inside / trials).toBeGreaterThan(0.88);
    expect(inside / trials).toBeLessThan(0.92);
  });
});

describe('the gold rate', () => {
  it('is 1 in 3 for the first ten and falls towards 1 in 20, never below', () => {
    expect(goldRate(0, policy)).toBeCloseTo(1 / 3, 12);
    expect(goldRate(10, policy)).toBeCloseTo(1 / 3, 12);
    let former = goldRate(10, policy);
    for (const n of [11, 20, 50, 100, 1_000, 100_000]) {
      const rate = goldRate(n, policy);
      expect(rate).toBeLessThan(former);
      expect(rate).toBeGreaterThan(1 / 20);
      former = rate;
    }
    expect(former).toBeCloseTo(1 / 20, 3);
  });

  it('is the type’s own where it asks for one, and none where it asks for none', () => {
    expect(goldChance({ correct: 90, total: 100 }, 0.25, policy)).toBe(0.25);
    expect(goldChance({ correct: 0, total: 0 }, 0, policy)).toBe(0);
    expect(goldChance({ correct: 4, total: 4 }, null, policy)).toBe(goldRate(4, policy));
  });

  it('is one in two under doubt, until golds show who is safe from a pause, and what a type asks for in any case', () => {
    const few = { correct: 20, total: 40 };
    expect(goldChance(few, null, policy, true)).toBe(policy.doubtedRate);
    const many = { correct: 38, total: 40 };
    expect(goldChance(many, null, policy, true)).toBe(goldRate(40, policy));
    expect(goldChance(few, 0.1, policy, true)).toBe(0.1);
    expect(isUnderDoubt([true, false, true, false])).toBe(false);
    expect(isUnderDoubt([true, true, false, true])).toBe(true);
  });
});
