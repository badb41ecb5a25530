import { z } from 'zod';

/** Strike's amounts are decimal strings of bitcoin; these digits preserve fractions of a sat. */
const DIGITS = 11;
const SAT_DIGITS = 8;
const MSATS_PER_SAT = 1_000n;

/** An amount of bitcoin, in millisats. */
export const Btc = z
  .string()
  .max(40)
  .regex(/^\d+(\.\d+)?$/)
  .transform((text, context) => {
    const [whole = '', part = ''] = text.split('.');
    if (/[^0]/.test(part.slice(DIGITS))) {
      context.addIssue('It is more precise than a millisat.');
      return z.NEVER;
    }
    return BigInt(whole + part.slice(0, DIGITS).padEnd(DIGITS, '0'));
  });

/** The same with its currency, which must be bitcoin. */
export const BtcMoney = z
  .object({ amount: Btc, currency: z.literal('BTC') })
  .transform(({ amount }) => amount);

/** Formats whole sats for Strike: `321` → `0.00000321`. */
export function btcOf(sats: bigint): { amount: string; currency: 'BTC' } {
  const digits = String(sats).padStart(SAT_DIGITS + 1, '0');
  const amount = `${digits.slice(0, -SAT_DIGITS)}.${digits.slice(-SAT_DIGITS)}`;
  return { amount, currency: 'BTC' };
}

export const satsUp = (msats: bigint) => (msats + MSATS_PER_SAT - 1n) / MSATS_PER_SAT;
export const satsDown = (msats: bigint) => msats / MSATS_PER_SAT;
