import { changeSetting, getSettings } from '@/server/features/settings';
import type { RateSettings } from '@/server/features/settings/schema';
import { CURRENCIES } from '@/server/features/settings/schema';
import type { Actor } from '@/server/platform/actor';
import { db } from '@/server/platform/db';
import { currentRates, isStale, readRates, satsPerUsd } from './read-rates';
import type { RatesView } from './schema';

/** Each currency with its current rate, the source's rate, and the last query, for operators. */
export async function viewRates(): Promise<RatesView> {
  const { rates: settings } = await getSettings();
  const [rates, rows, attempt] = await Promise.all([
    currentRates(),
    db.exchangeRate.findMany(),
    db.rateAttempt.findUnique({ where: { source: settings.source } }),
  ]);
  return {
    rows: CURRENCIES.map((currency) => {
      const row = rows.find((each) => each.currency === currency);
      return {
        currency,
        rate: rates.get(currency) ?? null,
        fetched: row
          ? { perBtc: row.perBtc, source: row.source, at: row.fetchedAt, isStale: isStale(row) }
          : null,
        refused:
          row?.refusedPerBtc && row.refusedAt
            ? { perBtc: row.refusedPerBtc, at: row.refusedAt }
            : null,
      };
    }),
    attempt: attempt && { at: attempt.attemptedAt, error: attempt.error },
    satsPerUsd: await satsPerUsd(),
    isUsdFixed: !rates.has('USD'),
  };
}

/**
 * Sets the source of rates. The source is queried within a minute, even if it was queried just now;
 * the previous source's rates are deleted, so that new ones are not compared with them.
 * @throws Forbidden unless the actor is an operator; ZodError for invalid settings.
 */
export async function saveRates(actor: Actor, settings: RateSettings): Promise<void> {
  const { rates: former } = await getSettings();
  await changeSetting(actor, 'rates', settings);
  await db.rateAttempt.deleteMany();
  if (former.source !== settings.source || former.url !== settings.url) {
    await db.exchangeRate.deleteMany();
  }
  readRates.forget();
}
