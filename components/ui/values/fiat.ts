import type { Rate } from '@/server/features/rates/schema';

const SATS_PER_BTC = 100_000_000;
/** From here on an amount has the digits that its currency usually has. */
const USUAL_DIGITS_FROM = 0.1;

/**
 * What sats come to in the currency of a rate: `$0.84`, and `$0.0042` where two digits would say nothing.
 * @param amount whole sats.
 */
export function fiatText(amount: number | bigint, { currency, perBtc }: Rate): string {
  const value = (Number(amount) / SATS_PER_BTC) * perBtc;
  const isSmall = value !== 0 && Math.abs(value) < USUAL_DIGITS_FROM;
  return new Intl.NumberFormat('en-US', {
    style: 'currency',
    currency,
    ...(isSmall ? { maximumSignificantDigits: 2 } : {}),
  }).format(value);
}

/** What a bitcoin costs by a rate: `$97,124`. */
export function perBtcText({ currency, perBtc }: Pick<Rate, 'currency' | 'perBtc'>): string {
  return new Intl.NumberFormat('en-US', {
    style: 'currency',
    currency,
    maximumFractionDigits: perBtc < 100 ? 2 : 0,
  }).format(perBtc);
}

const NAMES: Record<Rate['from'], string> = {
  coinbase: 'Coinbase',
  kraken: 'Kraken',
  mempool: 'mempool.space',
  url: 'this instance’s source',
  override: 'set by the operators',
};

/** Who says so: `Coinbase`. */
export function rateSource(from: Rate['from']): string {
  return NAMES[from];
}
