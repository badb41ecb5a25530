import { PAYOUT_SATS_MAX } from '@/server/features/task-types/schema';
import { InvalidRequest } from '@/server/platform/errors';
import { feeTerms } from '@/server/platform/fee-terms';
import { feeSats } from '@/server/platform/money';

/**
 * A v0 request's price: at most `maxAmount` of a currency for the whole task, including the fee.
 */
export interface Price {
  currency: 'USD' | 'SATS' | 'BTC';
  maxAmount: number;
}

const SATS_PER_BTC = 100_000_000;
const BPS = 10_000n;

/** The maximum cost of a task: `maxVotes` payouts plus the fee. */
export function holdFor(maxVotes: number, payoutSats: bigint): bigint {
  const payouts = BigInt(maxVotes) * payoutSats;
  return payouts + feeSats(payouts, feeTerms());
}

/**
 * The largest payout whose `holdFor` of `maxVotes` answers stays within the price.
 * @param satsPerUsd the current rate.
 * @throws InvalidRequest 400 on `payout.maxAmount`, if the payout is not between 1 and 10,000,000.
 */
export function payoutWithin(price: Price, maxVotes: number, satsPerUsd: number): bigint {
  const capSats = satsOf(price, satsPerUsd);
  const { bps, minimumSats } = feeTerms();
  const votes = BigInt(maxVotes);
  const byShare = (capSats * BPS) / (votes * (BPS + BigInt(bps)));
  const byMinimum = (capSats - BigInt(minimumSats)) / votes;
  const payoutSats = byShare < byMinimum ? byShare : byMinimum;
  if (payoutSats < 1n) {
    const leastSats = holdFor(maxVotes, 1n);
    const answers = maxVotes === 1 ? 'one answer costs' : `up to ${maxVotes} answers cost`;
    throw refused(
      `is too low: it equals ${capSats} sats, but ${answers} at least ${leastSats} sats including the fee.`,
    );
  }
  if (payoutSats > PAYOUT_SATS_MAX) {
    throw refused(
      `is too high: it equals ${payoutSats} sats per answer; the maximum is ${PAYOUT_SATS_MAX}.`,
    );
  }
  return payoutSats;
}

/**
 * The price in whole sats, computed exactly and rounded down; the dollar rate is taken to a
 * millionth of a sat.
 */
function satsOf({ currency, maxAmount }: Price, satsPerUsd: number): bigint {
  const rate = { SATS: 1, USD: satsPerUsd, BTC: SATS_PER_BTC }[currency];
  // The exact decimal as written, which binary arithmetic would only approximate.
  const [mantissa = '0', exponent = '0'] = String(maxAmount).split('e');
  const [whole = '0', fraction = ''] = mantissa.split('.');
  const millionths = BigInt(whole + fraction) * BigInt(Math.floor(rate * 1e6));
  const power = Number(exponent) - fraction.length - 6;
  return power >= 0 ? millionths * 10n ** BigInt(power) : millionths / 10n ** BigInt(-power);
}

function refused(what: string): InvalidRequest {
  const param = 'payout.maxAmount';
  return InvalidRequest.fromFaults([{ param, code: 'invalid_field', message: `${param} ${what}` }]);
}
