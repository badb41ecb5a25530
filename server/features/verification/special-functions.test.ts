import { describe, expect, it } from 'vitest';
import { seededRandom } from './consensus/seeded-random';
import { betaCdf, betaQuantile, chiSquareTail, logGamma } from './special-functions';

describe('distribution functions have the digits of the tables', () => {
  it('log gamma', () => {
    expect(logGamma(5)).toBeCloseTo(Math.log(24), 12);
    expect(logGamma(0.5)).toBeCloseTo(Math.log(Math.PI) / 2, 12);
    expect(logGamma(101)).toBeCloseTo(363.73937555556347, 9);
  });

  it.each([
    // Closed forms: I_x(1,b) = 1−(1−x)^b, I_x(a,1) = x^a, I_x(2,2) = 3x²−2x³, I_½(½,½) = ½.
    [0.3, 1, 5, 1 - 0.7 ** 5],
    [0.9, 7, 1, 0.9 ** 7],
    [0.25, 2, 2, 3 * 0.25 ** 2 - 2 * 0.25 ** 3],
    [0.5, 0.5, 0.5, 0.5],
    [0.5, 100, 100, 0.5],
    // Binomial identity: I_x(a, n−a+1) = P(Bin(n, x) ≥ a).
    [0.4, 3, 3, 10 * 0.4 ** 3 * 0.6 ** 2 + 5 * 0.4 ** 4 * 0.6 + 0.4 ** 5],
  ])('P(Beta ≤ %d; %d, %d)', (x, a, b, expected) => {
    expect(betaCdf(x, a, b)).toBeCloseTo(expected, 12);
  });

  it.each([
    [0.05, 3, 1, 0.05 ** (1 / 3)],
    [0.025, 1, 1, 0.025],
    [0.95, 1, 10, 1 - 0.05 ** (1 / 10)],
    [0.5, 2, 2, 0.5],
  ])('quantile %d of Beta(%d, %d)', (p, a, b, expected) => {
    expect(betaQuantile(p, a, b)).toBeCloseTo(expected, 12);
  });

  it('the quantile undoes the distribution function, whatever the shape', () => {
    const random = seededRandom(7);
    for (let i = 0; i < 300; i++) {
      const [a, b, p] = [0.2 + 60 * random(), 0.2 + 60 * random(), 0.001 + 0.998 * random()];
      expect(betaCdf(betaQuantile(p, a, b), a, b)).toBeCloseTo(p, 9);
    }
  });

  it.each([
    [3.841458820694124, 1, 0.05],
    [9.21034037197618, 2, 0.01],
    [24.995790139728616, 15, 0.05],
    [0.5, 2, Math.exp(-0.25)],
  ])('P(χ² > %d; %d degrees of freedom)', (x, df, expected) => {
    expect(chiSquareTail(x, df)).toBeCloseTo(expected, 10);
  });
});
