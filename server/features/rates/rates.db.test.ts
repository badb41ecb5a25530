import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { RateSettings } from '@/server/features/settings/schema';
import type { Actor } from '@/server/platform/actor';
import { useClock } from '@/server/platform/clock';
import { db } from '@/server/platform/db';
import { env } from '@/server/platform/env';
import { newId } from '@/server/platform/ids';
import { useTestDatabase } from '@/server/testing/database';
import { createSignIn } from '@/server/testing/factories';
import { useWebhookReceiver } from '@/server/testing/webhook-receiver';
import { chooseCurrency, displayRateFor, getCurrencyChoice } from './display-currency';
import { currentRates, satsPerUsd } from './read-rates';
import { refreshRates } from './refresh-rates';
import { saveRates, viewRates } from './view-rates';

useTestDatabase();
const source = useWebhookReceiver();

const MINUTE_MS = 60_000;
const operator: Actor = { kind: 'operator', userId: newId(), mode: 'live' };
let nowMs = Date.now();
let path: string;
let restore: () => void;

const set = (over: Partial<RateSettings> = {}) =>
  saveRates(operator, { source: 'url', url: source.url(path), overrides: {}, ...over });
const says = (body: unknown, status = 200) =>
  source.answer(path, { status, body: typeof body === 'string' ? body : JSON.stringify(body) });
const perBtc = async (currency: 'USD' | 'EUR') => (await currentRates()).get(currency)?.perBtc;

beforeEach(async () => {
  path = `/${newId()}`;
  restore = useClock({ nowMs: () => nowMs });
  await set();
});
afterEach(async () => {
  await saveRates(operator, { source: 'off', url: null, overrides: {} });
  restore();
});

describe('the price of a bitcoin', () => {
  it('is asked for every ten minutes, by one of all who try, and counts for six hours', async () => {
    says({ USD: 80_000, EUR: 72_000 });
    const tries = await Promise.all([refreshRates(), refreshRates(), refreshRates()]);
    expect(tries.filter(({ asked }) => asked)).toEqual([{ asked: true, taken: 2, refused: 0 }]);
    expect(source.received(path)).toHaveLength(1);
    expect(await perBtc('USD')).toBe(80_000);
    expect(await satsPerUsd()).toBe(1_250);
    nowMs += 9 * MINUTE_MS;
    expect((await refreshRates()).asked).toBe(false);
    nowMs += MINUTE_MS;
    expect((await refreshRates()).asked).toBe(true);
    // From now on the source is unavailable.
    says('', 503);
    nowMs += 359 * MINUTE_MS;
    expect(await refreshRates()).toMatchObject({ asked: true, taken: 0 });
    expect(await perBtc('USD')).toBe(80_000);
    nowMs += 2 * MINUTE_MS;
    expect(await perBtc('USD')).toBeUndefined();
    expect(await satsPerUsd()).toBe(env.SATS_PER_USD);
    const view = await viewRates();
    expect(view).toMatchObject({ isUsdFixed: true, attempt: { error: 'It answered 503.' } });
    expect(view.rows[0]).toMatchObject({ currency: 'USD', rate: null, fetched: { isStale: true } });
  });

  it.each([
    ['<html>Blocked</html>', 'The response is not valid JSON.'],
    [{ USD: 'soon' }, 'The response contains no bitcoin price.'],
    [{ USD: 0, EUR: -5 }, 'None of its prices is plausible.'],
  ])('is unknown where the source answers %j', async (body, error) => {
    says(body);
    await refreshRates();
    expect((await currentRates()).size).toBe(0);
    expect((await viewRates()).attempt?.error).toBe(error);
  });

  it('is unknown where the source cannot be reached, without anything failing', async () => {
    await set({ url: 'http://127.0.0.1:9/' });
    expect(await refreshRates()).toEqual({ asked: true, taken: 0, refused: 0 });
    expect((await viewRates()).attempt?.error).toBeTruthy();
    expect((await currentRates()).size).toBe(0);
  });

  it('does not jump: such a price is shown to operators and not used', async () => {
    says({ USD: 80_000, EUR: 70_000 });
    await refreshRates();
    says({ USD: 8_000, EUR: 71_000 });
    nowMs += 10 * MINUTE_MS;
    expect(await refreshRates()).toEqual({ asked: true, taken: 1, refused: 1 });
    expect([await perBtc('USD'), await perBtc('EUR')]).toEqual([80_000, 71_000]);
    expect((await viewRates()).rows[0]).toMatchObject({ refused: { perBtc: 8_000 } });
  });

  it('is what an operator has set, whatever the source says, and without one', async () => {
    says({ USD: 80_000, EUR: 70_000 });
    await refreshRates();
    await set({ overrides: { USD: 50_000 } });
    expect([await perBtc('USD'), await perBtc('EUR')]).toEqual([50_000, 70_000]);
    await saveRates(operator, { source: 'off', url: null, overrides: { USD: 40_000 } });
    expect([await perBtc('USD'), await perBtc('EUR')]).toEqual([40_000, undefined]);
    expect((await refreshRates()).asked).toBe(false);
  });

  it('of another source is not held against the new one', async () => {
    says({ USD: 3_000 });
    await refreshRates();
    path = `/${newId()}`;
    says({ USD: 80_000 });
    await set();
    expect(await perBtc('USD')).toBeUndefined();
    await refreshRates();
    expect(await perBtc('USD')).toBe(80_000);
  });

  it('is set by operators alone', async () => {
    const worker: Actor = { kind: 'worker', workerId: newId(), userId: newId(), mode: 'live' };
    await expect(
      saveRates(worker, { source: 'off', url: null, overrides: { USD: 1 } }),
    ).rejects.toMatchObject({ status: 403 });
    await expect(set({ url: null })).rejects.toThrow();
    await expect(set({ overrides: { USD: 0 } })).rejects.toThrow();
  });
});

describe('a user', () => {
  it('sees dollars unless they chose, another currency that has a rate, or sats alone', async () => {
    const { id: userId } = await createSignIn();
    const me = { userId } as Parameters<typeof getCurrencyChoice>[0];
    await saveRates(operator, { source: 'off', url: null, overrides: {} });
    expect(await displayRateFor(userId)).toBeNull();
    await set({ overrides: { USD: 80_000, EUR: 70_000 } });
    expect(await displayRateFor(userId)).toMatchObject({ currency: 'USD', perBtc: 80_000 });
    await chooseCurrency(me, { currency: 'EUR' });
    expect(await displayRateFor(userId)).toMatchObject({ currency: 'EUR', from: 'override' });
    expect(await getCurrencyChoice(me)).toEqual({
      chosen: 'EUR',
      currencies: ['USD', 'EUR'],
      hasRates: true,
    });
    await expect(chooseCurrency(me, { currency: 'JPY' })).rejects.toMatchObject({ status: 400 });
    await chooseCurrency(me, { currency: 'none' });
    expect(await displayRateFor(userId)).toBeNull();
    // A currency whose rate disappeared stays selected, and shows nothing.
    await chooseCurrency(me, { currency: 'EUR' });
    await set({ overrides: { USD: 80_000 } });
    expect(await displayRateFor(userId)).toBeNull();
    expect((await getCurrencyChoice(me)).currencies).toEqual(['USD', 'EUR']);
    const user = await db.user.findUniqueOrThrow({ where: { id: userId } });
    expect(user.displayCurrency).toBe('EUR');
  });
});
