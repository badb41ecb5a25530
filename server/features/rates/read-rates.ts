import type { ExchangeRate } from '@/prisma/generated/client';
import { getRecentSettings } from '@/server/features/settings';
import type { Currency } from '@/server/features/settings/schema';
import { CURRENCIES } from '@/server/features/settings/schema';
import { wallClock } from '@/server/platform/clock';
import { db } from '@/server/platform/db';
import { env } from '@/server/platform/env';
import { remembered } from '@/server/platform/remembered';
import { FRESH_MS_MAX } from './policy';
import type { Rate } from './schema';

const SATS_PER_BTC = 100_000_000;
/** The sources' rates, cached for up to 30 seconds. */
export const readRates = remembered({
  name: 'rates.known',
  read: () => db.exchangeRate.findMany(),
  freshMs: 30_000,
});

/** Whether a source's rate is too old to use. */
export function isStale({ fetchedAt }: Pick<ExchangeRate, 'fetchedAt'>): boolean {
  return wallClock.nowMs() - fetchedAt.getTime() > FRESH_MS_MAX;
}

/**
 * The bitcoin price in each currency with a rate: an operator's override, else the source's rate of
 * the last six hours. Read from the database, never from the network, and at most 30 seconds old.
 */
export async function currentRates(): Promise<Map<Currency, Rate>> {
  const { rates: settings } = await getRecentSettings();
  const rows = settings.source === 'off' ? [] : await readRates();
  const rates = new Map<Currency, Rate>();
  for (const currency of CURRENCIES) {
    const override = settings.overrides[currency];
    const row = rows.find((each) => each.currency === currency && !isStale(each));
    if (override !== undefined) {
      rates.set(currency, { currency, perBtc: override, from: 'override', at: null });
    } else if (row) {
      const from = row.source as Rate['from'];
      rates.set(currency, { currency, perBtc: row.perBtc, from, at: row.fetchedAt });
    }
  }
  return rates;
}

/** Sats per dollar; `SATS_PER_USD` of the environment if there is no rate. */
export async function satsPerUsd(): Promise<number> {
  const rate = (await currentRates()).get('USD');
  return rate ? SATS_PER_BTC / rate.perBtc : env.SATS_PER_USD;
}
