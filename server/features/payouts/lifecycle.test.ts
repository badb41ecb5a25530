import { describe, expect, it } from 'vitest';
import { ATTEMPTS_MAX, lookupDelayMs, retryDelayMs } from './lifecycle';

describe('the wait after a failed attempt', () => {
  it('doubles from five seconds up to an hour', () => {
    const delays = [1, 2, 3, 8, 20].map((number) => retryDelayMs(number, 0.5));
    expect(delays).toEqual([5_000, 10_000, 20_000, 640_000, 3_600_000]);
  });

  it('is spread by a quarter either way', () => {
    for (let number = 1; number <= ATTEMPTS_MAX; number++) {
      const middle = retryDelayMs(number, 0.5);
      expect(retryDelayMs(number, 0)).toBe(middle * 0.75);
      expect(retryDelayMs(number, 0.999_999)).toBeLessThanOrEqual(middle * 1.25);
    }
  });
});

describe('the wait until a payment is asked about again', () => {
  it('is as long as it has been sent, from two seconds to ten minutes', () => {
    const delays = [0, 2_000, 5_000, 90_000, 3_600_000].map(lookupDelayMs);
    expect(delays).toEqual([2_000, 2_000, 5_000, 90_000, 600_000]);
  });
});
