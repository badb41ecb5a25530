import type { Currency, RateSettings } from '@/server/features/settings/schema';
import { CURRENCIES } from '@/server/features/settings/schema';

/** A source's bitcoin prices by currency, before plausibility checks. */
export type SaidRates = Partial<Record<Currency, number>>;

export interface Source {
  url: string;
  /** Parses the source's JSON; omits currencies without a numeric price. */
  read: (json: unknown) => SaidRates;
}

/** `{"USD": 97000.5, "EUR": "88000"}` */
function readPrices(json: unknown): SaidRates {
  if (typeof json !== 'object' || json === null) return {};
  return ratesOf((currency) => (json as Record<string, unknown>)[currency]);
}

/** `{"data": {"currency": "BTC", "rates": {"USD": "97000.5", …}}}` */
function readCoinbase(json: unknown): SaidRates {
  return readPrices((json as { data?: { rates?: unknown } } | null)?.data?.rates);
}

/** `{"result": {"XXBTZUSD": {"c": ["97000.5", "0.01"], …}, "XBTCHF": …}}`; `c` is the last trade. */
function readKraken(json: unknown): SaidRates {
  const { result } = (json ?? {}) as { result?: unknown };
  const pairs = Object.entries((result ?? {}) as Record<string, { c?: unknown[] } | null>);
  return ratesOf((currency) => {
    const pair = pairs.find(([name]) => new RegExp(`^X?XBTZ?${currency}$`).test(name));
    return pair?.[1]?.c?.[0];
  });
}

function ratesOf(read: (currency: Currency) => unknown): SaidRates {
  const known = CURRENCIES.flatMap((currency) => {
    const value = read(currency);
    const isGiven = typeof value === 'number' || (typeof value === 'string' && value.trim() !== '');
    return isGiven && Number.isFinite(Number(value)) ? [[currency, Number(value)] as const] : [];
  });
  return Object.fromEntries(known);
}

const BUILT_IN: Record<'coinbase' | 'kraken' | 'mempool', Source> = {
  coinbase: {
    url: 'https://api.coinbase.com/v2/exchange-rates?currency=BTC',
    read: readCoinbase,
  },
  kraken: {
    url: `https://api.kraken.com/0/public/Ticker?pair=${CURRENCIES.map((c) => `XBT${c}`).join(',')}`,
    read: readKraken,
  },
  mempool: { url: 'https://mempool.space/api/v1/prices', read: readPrices },
};

/** The configured source, or null if none is to be queried. */
export function sourceOf({ source, url }: RateSettings): Source | null {
  if (source === 'off') return null;
  if (source === 'url') return url === null ? null : { url, read: readPrices };
  return BUILT_IN[source];
}
