import { z } from 'zod';
import type { Currency, RateSource } from '@/server/features/settings/schema';
import { CURRENCIES } from '@/server/features/settings/schema';

/** Contracts of exchange rates. Browser-safe. */

/** The currency shown next to sats. */
export const DisplayCurrency = z.enum([...CURRENCIES, 'none']);
export type DisplayCurrency = z.infer<typeof DisplayCurrency>;

export const ChooseCurrency = z.strictObject({ currency: DisplayCurrency });
export type ChooseCurrency = z.infer<typeof ChooseCurrency>;

/** What a bitcoin costs in one currency. */
export interface Rate {
  currency: Currency;
  perBtc: number;
  /** The source; `override` is set by an operator. */
  from: Exclude<RateSource, 'off'> | 'override';
  /** When the source reported it; null for an override, which does not age. */
  at: Date | null;
}

/** One currency as operators see it. */
export interface RateRow {
  currency: Currency;
  /** The current rate, or null. */
  rate: Rate | null;
  /** The source's latest rate, whether in use or not. */
  fetched: { perBtc: number; source: string; at: Date; isStale: boolean } | null;
  /** A later rate of the source that was rejected as implausible. */
  refused: { perBtc: number; at: Date } | null;
}

export interface RatesView {
  rows: RateRow[];
  /** The chosen source's last query and its error; null if there was none. */
  attempt: { at: Date; error: string | null } | null;
  /** Sats per dollar for older clients. */
  satsPerUsd: number;
  /** Whether that is `SATS_PER_USD` of the environment, because there is no rate. */
  isUsdFixed: boolean;
}
