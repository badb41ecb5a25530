import { z } from 'zod';
import type { Currency, RateSource } from '@/server/features/settings/schema';
import { CURRENCIES } from '@/server/features/settings/schema';

/** Rates as pages know them. Browser-safe. */

/** What a user wants amounts shown in beside sats. */
export const DisplayCurrency = z.enum([...CURRENCIES, 'none']);
export type DisplayCurrency = z.infer<typeof DisplayCurrency>;

export const ChooseCurrency = z.strictObject({ currency: DisplayCurrency });
export type ChooseCurrency = z.infer<typeof ChooseCurrency>;

/** What a bitcoin costs in one currency. */
export interface Rate {
  currency: Currency;
  perBtc: number;
  /** Who says so; `override` is an operator. */
  from: Exclude<RateSource, 'off'> | 'override';
  /** When the source said so; null for an override, which does not age. */
  at: Date | null;
}

/** What the operators see of one currency. */
export interface RateRow {
  currency: Currency;
  /** The rate in use; null where there is none. */
  rate: Rate | null;
  /** The latest that a source gave, in use or not. */
  fetched: { perBtc: number; source: string; at: Date; isStale: boolean } | null;
  /** What the source has said since and was not believed. */
  refused: { perBtc: number; at: Date } | null;
}

export interface RatesView {
  rows: RateRow[];
  /** When the chosen source was asked last, and what went wrong; null where it has not been asked. */
  attempt: { at: Date; error: string | null } | null;
  /** What a dollar of the older clients comes to. */
  satsPerUsd: number;
  /** Whether that is `SATS_PER_USD` of the environment, for want of a rate. */
  isUsdFixed: boolean;
}
