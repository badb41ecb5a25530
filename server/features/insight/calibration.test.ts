import { describe, expect, it } from 'vitest';
import {
  bestThreshold,
  bucketsOf,
  expectedCalibrationError,
  type GuessBin,
  savingsOf,
  wilson,
} from './calibration';

/** Guesses of one confidence; asking about each cost 100 sats. */
function bin(hundredth: number, count: number, right: number): GuessBin {
  return {
    hundredth,
    count,
    right,
    confidenceSum: (count * hundredth) / 100,
    chargedSats: count * 100,
  };
}

describe('Wilson’s interval', () => {
  it('is that of the textbooks', () => {
    // Newcombe (1998), table I: 81 of 263, and 0 of 20, and 1 of 29.
    expect(wilson(81, 263).low).toBeCloseTo(0.2553, 4);
    expect(wilson(81, 263).high).toBeCloseTo(0.3662, 4);
    expect(wilson(0, 20).low).toBe(0);
    expect(wilson(0, 20).high).toBeCloseTo(0.1611, 4);
    expect(wilson(1, 29).low).toBeCloseTo(0.0061, 4);
    expect(wilson(1, 29).high).toBeCloseTo(0.1718, 4);
  });

  it('knows nothing without guesses', () => {
    expect(wilson(0, 0)).toEqual({ low: 0, high: 1 });
  });
});

describe('the buckets of confidence', () => {
  it('hold each guess once, and say how often those in them were right', () => {
    const buckets = bucketsOf([bin(5, 10, 1), bin(90, 30, 27), bin(99, 10, 9)]);
    expect(buckets.map(({ count }) => count)).toEqual([10, 0, 0, 0, 0, 0, 0, 0, 0, 40]);
    expect(buckets[9]).toMatchObject({ from: 0.9, to: 1, right: 36, accuracy: 0.9 });
    expect(buckets[1]).toMatchObject({ accuracy: null, interval: null });
  });

  it('err by nothing where confidence is accuracy, and by the distance where it is not', () => {
    expect(expectedCalibrationError(bucketsOf([bin(50, 100, 50), bin(90, 10, 9)]))).toBeCloseTo(0);
    // 75 guesses overconfident by 30 points, 25 exact: 0.75 × 0.3.
    const error = expectedCalibrationError(bucketsOf([bin(90, 75, 45), bin(60, 25, 15)]));
    expect(error).toBeCloseTo(0.225);
    expect(expectedCalibrationError(bucketsOf([]))).toBeNull();
  });
});

describe('the confidence above which asking is not worth it', () => {
  const bins = [bin(50, 100, 50), bin(80, 100, 90), bin(95, 100, 100)];

  it('is where not asking would have saved the most', () => {
    // A wrong answer costs 500: at 0.95 100 × 100 are saved; at 0.8 also 100 × 100, less 10 × 500.
    const best = bestThreshold(savingsOf(bins, 500));
    expect(best).toMatchObject({ threshold: 0.8, count: 200, wrong: 10, savingSats: 15_000 });
    // At 2,000 a wrong answer, ten of them at 0.8 cost more than they save.
    expect(bestThreshold(savingsOf(bins, 2_000))).toMatchObject({
      threshold: 0.95,
      wrong: 0,
      savingSats: 10_000,
    });
  });

  it('is nowhere when every guess is worth asking about', () => {
    expect(bestThreshold(savingsOf([bin(99, 10, 5)], 1_000))).toBeNull();
    expect(bestThreshold(savingsOf([], 1_000))).toBeNull();
  });

  it('says what is left of the saving if luck was on the agent’s side', () => {
    const [at] = savingsOf([bin(95, 100, 100)], 500).slice(95);
    expect(at?.savingSats).toBe(10_000);
    expect(at?.savingSatsLow).toBeLessThan(10_000);
  });
});
