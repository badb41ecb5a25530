import { getRecentSettings } from '@/server/features/settings';
import type { Currency } from '@/server/features/settings/schema';
import { wallClock } from '@/server/platform/clock';
import { db, transaction } from '@/server/platform/db';
import { askSource } from './ask-source';
import { isBelievable } from './judge-rate';
import { readRates } from './read-rates';
import { type SaidRates, sourceOf } from './sources';

/** How often a source is queried, whether it responds or not. */
const EVERY_MINUTES = 10;

export interface Refreshed {
  /** Whether the source was queried; false if there is none or it was queried recently. */
  asked: boolean;
  taken: number;
  refused: number;
}

/**
 * Queries the configured source for bitcoin prices, at most every ten minutes across all processes,
 * and stores plausible ones. If it is unavailable, the stored rates age.
 */
export async function refreshRates(): Promise<Refreshed> {
  const { rates } = await getRecentSettings();
  const source = sourceOf(rates);
  if (!source || !(await isDue(rates.source))) return { asked: false, taken: 0, refused: 0 };
  const said = await askSource(source);
  const counts = said.rates ? await keep(rates.source, said.rates) : { taken: 0, refused: 0 };
  const error = said.error ?? (counts.taken === 0 ? 'None of its prices is plausible.' : null);
  // If an operator saves in the meantime, the attempt is discarded.
  await db.rateAttempt.updateMany({ where: { source: rates.source }, data: { error } });
  readRates.forget();
  return { asked: true, ...counts };
}

/** Records the attempt, so that only one process makes it. */
async function isDue(source: string): Promise<boolean> {
  const now = wallClock.now();
  const claimed = await db.$executeRaw`
    INSERT INTO rate_attempts AS a (source, attempted_at) VALUES (${source}, ${now})
        ON CONFLICT (source) DO UPDATE SET attempted_at = excluded.attempted_at
     WHERE a.attempted_at <= ${now}::timestamptz - make_interval(mins => ${EVERY_MINUTES}::int)`;
  return claimed > 0;
}

function keep(source: string, said: SaidRates): Promise<{ taken: number; refused: number }> {
  return transaction(async (tx) => {
    const now = wallClock.now();
    const before = await tx.exchangeRate.findMany();
    let taken = 0;
    const all = Object.entries(said) as [Currency, number][];
    for (const [currency, perBtc] of all) {
      const known = before.find((row) => row.currency === currency) ?? null;
      if (isBelievable(perBtc, known, now)) {
        const rate = { perBtc, source, fetchedAt: now, refusedPerBtc: null, refusedAt: null };
        await tx.exchangeRate.upsert({
          where: { currency },
          create: { currency, ...rate },
          update: rate,
        });
        taken++;
      } else if (known) {
        const refused = { refusedPerBtc: perBtc, refusedAt: now };
        await tx.exchangeRate.update({ where: { currency }, data: refused });
      }
    }
    return { taken, refused: all.length - taken };
  });
}
