import { describe, expect, it } from 'vitest';
import { seededRandom } from './seeded-random';
import { voteGain } from './vote-gain';

const outlook = (posterior: number[], changes = {}) => ({
  posterior: Float64Array.from(posterior),
  poolAccuracy: 0.8,
  beta: 1,
  epsilon: 0,
  ...changes,
});

describe('what votes are worth', () => {
  it('is what they add to the probability of the best label', () => {
    // With even odds, one vote makes it as certain as its worker.
    expect(voteGain(outlook([0.5, 0.5]), 1)).toBeCloseTo(0.3, 12);
    expect(voteGain(outlook([0.5, 0.5], { epsilon: 0.5 }), 1)).toBeCloseTo(0.15, 12);
  });

  it('is nothing where they cannot turn the result', () => {
    expect(voteGain(outlook([0.95, 0.05]), 1)).toBe(0);
    expect(voteGain(outlook([0.95, 0.05]), 3)).toBeGreaterThan(0);
    // Three votes can be cancelled by three, and more are not considered.
    const three = [0.8 ** 3, 0.2 ** 3].map((p) => p / (0.8 ** 3 + 0.2 ** 3));
    for (const beta of [0.1, 0.5, 1, 1.6]) {
      expect(voteGain(outlook(three, { beta }), 3)).toBeCloseTo(0, 12);
    }
  });

  it('is never below nothing, and grows with the votes, for any number of labels', () => {
    const random = seededRandom(12);
    for (let i = 0; i < 200; i++) {
      const k = 2 + Math.floor(random() * 12);
      const cells = Array.from({ length: k }, () => random() ** 3);
      const total = cells.reduce((sum, cell) => sum + cell, 0);
      const of = outlook(
        cells.map((cell) => cell / total),
        { poolAccuracy: 1 / k + (1 - 1 / k) * random(), beta: 0.1 + random() },
      );
      const gains = [1, 2, 3].map((votes) => voteGain(of, votes));
      expect(gains[0]).toBeGreaterThanOrEqual(0);
      expect(gains[1]).toBeGreaterThanOrEqual((gains[0] ?? 0) - 1e-9);
      expect(gains[2]).toBeGreaterThanOrEqual((gains[1] ?? 0) - 1e-9);
    }
  });
});
