import { describe, expect, it } from 'vitest';
import { RateSettings } from '@/server/features/settings/schema';
import { isBelievable, JUMP_MAX } from './judge-rate';
import { FRESH_MS_MAX } from './policy';
import { sourceOf } from './sources';

const read = (settings: Partial<RateSettings>, json: unknown) =>
  sourceOf(RateSettings.parse(settings))?.read(json);

describe('a source’s answer', () => {
  it('is read as each source gives it', () => {
    expect(
      read(
        { source: 'coinbase' },
        { data: { currency: 'BTC', rates: { USD: '97123.455', EUR: '88012.1', XXX: '1' } } },
      ),
    ).toEqual({ USD: 97_123.455, EUR: 88_012.1 });
    expect(
      read(
        { source: 'kraken' },
        {
          error: [],
          result: {
            XXBTZUSD: { a: ['97130.0', '1', '1.000'], c: ['97123.4', '0.005'] },
            XXBTZJPY: { c: ['14500000.0', '0.01'] },
            XBTCHF: { c: ['85000.1', '0.1'] },
          },
        },
      ),
    ).toEqual({ USD: 97_123.4, JPY: 14_500_000, CHF: 85_000.1 });
    const prices = { time: 1_764_500_000, USD: 97_123, EUR: 88_012 };
    expect(read({ source: 'mempool' }, prices)).toEqual({ USD: 97_123, EUR: 88_012 });
    const own = { source: 'url' as const, url: 'https://rates.example.com' };
    expect(read(own, prices)).toEqual({ USD: 97_123, EUR: 88_012 });
  });

  it.each([
    null,
    'down',
    42,
    [],
    {},
    { data: null },
    { data: { rates: null } },
    { result: null },
    { result: { XXBTZUSD: null } },
    { result: { XXBTZUSD: { c: {} } } },
    { USD: null, EUR: '', GBP: 'NaN', CHF: true, CAD: [97_000], AUD: 'Infinity' },
  ])('gives nothing where it is no number: %j', (json) => {
    for (const source of ['coinbase', 'kraken', 'mempool'] as const) {
      expect(read({ source }, json)).toEqual({});
    }
  });

  it('is not asked for where there is no source', () => {
    expect(sourceOf(RateSettings.parse({}))).toBeNull();
    expect(RateSettings.safeParse({ source: 'url' }).success).toBe(false);
    expect(RateSettings.safeParse({ source: 'url', url: 'file:///etc/passwd' }).success).toBe(
      false,
    );
  });
});

it('a price is believed within a quarter of the one before, for as long as that one counts', () => {
  const now = new Date('2026-11-30T12:00:00Z');
  const before = { perBtc: 100_000, fetchedAt: new Date(now.getTime() - FRESH_MS_MAX) };
  const stale = { ...before, fetchedAt: new Date(now.getTime() - FRESH_MS_MAX - 1) };
  for (const perBtc of [100_000 * JUMP_MAX, 100_000 / JUMP_MAX, 100_001]) {
    expect(isBelievable(perBtc, before, now)).toBe(true);
  }
  for (const perBtc of [125_001, 79_999]) {
    expect(isBelievable(perBtc, before, now)).toBe(false);
    expect(isBelievable(perBtc, stale, now)).toBe(true);
  }
  for (const perBtc of [0, -1, 0.5, 1e13, Number.NaN, Number.POSITIVE_INFINITY]) {
    expect(isBelievable(perBtc, null, now)).toBe(false);
  }
});
