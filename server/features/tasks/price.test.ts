import { afterEach, describe, expect, it } from 'vitest';
import { env } from '@/server/platform/env';
import { InvalidRequest } from '@/server/platform/errors';
import { holdFor, type Price, payoutWithin } from './price';

const formerly = {
  fee: env.PLATFORM_FEE_BPS,
  least: env.PLATFORM_FEE_MIN_SATS,
};
afterEach(() => {
  env.PLATFORM_FEE_BPS = formerly.fee;
  env.PLATFORM_FEE_MIN_SATS = formerly.least;
});

const sats = (maxAmount: number): Price => ({ currency: 'SATS', maxAmount });

/** What an offer comes to in whole sats, since without a fee the one answer gets all of it. */
function comesTo(price: Price, satsPerUsd = 1_000): bigint {
  env.PLATFORM_FEE_BPS = 0;
  return payoutWithin(price, 1, satsPerUsd);
}

describe('a price in sats', () => {
  it.each([
    [{ currency: 'SATS', maxAmount: 500 }, 500n],
    [{ currency: 'SATS', maxAmount: 500.9 }, 500n],
    [{ currency: 'BTC', maxAmount: 0.000005 }, 500n],
    [{ currency: 'BTC', maxAmount: 5e-7 }, 50n],
    // In binary arithmetic these two come to a hair less.
    [{ currency: 'BTC', maxAmount: 0.00000029 }, 29n],
    [{ currency: 'BTC', maxAmount: 0.01115 }, 1_115_000n],
    [{ currency: 'BTC', maxAmount: 0.000000299 }, 29n],
  ] as [Price, bigint][])('%o is %s sats', (price, expected) => {
    expect(comesTo(price)).toBe(expected);
  });

  it('takes dollars at the rate that is known', () => {
    expect(comesTo({ currency: 'USD', maxAmount: 0.5 }, 1_650)).toBe(825n);
    expect(comesTo({ currency: 'USD', maxAmount: 0.07 }, 1_650)).toBe(115n);
    // A bitcoin at 97,123.45 dollars.
    const satsPerUsd = 100_000_000 / 97_123.45;
    expect(comesTo({ currency: 'USD', maxAmount: 100 }, satsPerUsd)).toBe(102_961n);
    expect(comesTo({ currency: 'USD', maxAmount: 1e3 }, satsPerUsd)).toBe(1_029_617n);
  });
});

describe('the payout within a price', () => {
  it('is the largest of which every answer and the fee are covered', () => {
    for (const fee of [0, 1, 250, 1_000, 3_333, 10_000]) {
      env.PLATFORM_FEE_BPS = fee;
      for (const least of [0, 1, 8, 60]) {
        env.PLATFORM_FEE_MIN_SATS = least;
        for (const votes of [1, 3, 7]) {
          for (const cap of [75, 100, 501, 999, 12_345, 700_001]) {
            const payout = payoutWithin(sats(cap), votes, 1_000);
            expect(holdFor(votes, payout)).toBeLessThanOrEqual(BigInt(cap));
            expect(holdFor(votes, payout + 1n)).toBeGreaterThan(BigInt(cap));
          }
        }
      }
    }
  });

  it('holds the least fee where the share comes to less, and the share where it comes to more', () => {
    env.PLATFORM_FEE_MIN_SATS = 60;
    expect(holdFor(1, 500n)).toBe(560n);
    expect(holdFor(2, 500n)).toBe(1_100n);
    expect(() => payoutWithin(sats(60), 1, 1_000)).toThrow('costs at least 61 sats');
    expect(payoutWithin(sats(61), 1, 1_000)).toBe(1n);
  });

  it.each([
    [0, 1, 2n],
    [0.99, 1, 2n],
    [1, 1, 2n],
    [7, 7, 8n],
  ])('refuses %d sats for %d answers, and says the least that will do', (cap, votes, least) => {
    const refuse = () => payoutWithin(sats(cap), votes, 1_000);
    expect(refuse).toThrow(InvalidRequest);
    expect(refuse).toThrow(`at least ${least} sats`);
    expect(payoutWithin(sats(Number(least)), votes, 1_000)).toBe(1n);
  });

  it.each([
    sats(11_000_001.1 + 1e6),
    { currency: 'BTC', maxAmount: 500 },
    { currency: 'USD', maxAmount: 1e300 },
  ] as Price[])('refuses %o: more than an answer may be paid', (price) => {
    expect(() => payoutWithin(price, 1, 1_000)).toThrow('payout.maxAmount is too high');
  });
});
