import { PAYOUT_SATS_MAX } from '@/server/features/task-types/schema';
import { InvalidRequest } from '@/server/platform/errors';
import { feeTerms } from '@/server/platform/fee-terms';
import { feeSats } from '@/server/platform/money';

/** What a v0 request offers: at most `maxAmount` of a currency for the whole task, fee included. */
export interface Price {
  currency: 'USD' | 'SATS' | 'BTC';
  maxAmount: number;
}

const SATS_PER_BTC = 100_000_000;
const BPS = 10_000n;

/** What a task of at most `maxVotes` answers can cost: every answer paid, and the fee on top. */
export function holdFor(maxVotes: number, payoutSats: bigint): bigint {
  const payouts = BigInt(maxVotes) * payoutSats;
  return payouts + feeSats(payouts, feeTerms());
}

/**
 * The most sats an answer can be paid so that a task of at most `maxVotes` answers never costs more
 * than the price: the largest payout whose `holdFor` is within it.
 * @param satsPerUsd what a dollar comes to.
 * @throws InvalidRequest 400 on `payout.maxAmount`, where that is no payout between 1 and 10,000,000.
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
    const answers = maxVotes === 1 ? 'one answer' : `up to ${maxVotes} answers`;
    throw refused(
      `is too little: it comes to ${capSats} sats, and ${answers} with the fee cost ${leastSats} sats or more.`,
    );
  }
  if (payoutSats > PAYOUT_SATS_MAX) {
    throw refused(
      `is too much: it comes to ${payoutSats} sats an answer, and ${PAYOUT_SATS_MAX} is the most.`,
    );
  }
  return payoutSats;
}

/** The price in sats, exactly, and rounded down to a whole one; a dollar is taken to a millionth of a sat. */
function satsOf({ currency, maxAmount }: Price, satsPerUsd: number): bigint {
  const rate = { SATS: 1, USD: satsPerUsd, BTC: SATS_PER_BTC }[currency];
  // The decimal that was written, which binary arithmetic would only come near to.
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
