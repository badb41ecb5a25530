import { HumanRailError } from '../errors.js';
import { L402Challenge, L402Error } from './challenge.js';
import { millisatsIn } from './invoice.js';

/**
 * The challenge that a refused create carries; undefined if it is another refusal.
 * @throws L402Error if it must not be paid.
 */
export function challengeIn(failure: unknown): L402Challenge | undefined {
  if (!(failure instanceof HumanRailError) || failure.code !== 'l402_payment_required') {
    return undefined;
  }
  const details = (failure.details ?? {}) as Record<string, unknown>;
  const { invoice, macaroon, payment_hash: hash, amount_sats: amount } = details;
  if (
    typeof invoice !== 'string' ||
    !isMacaroon(macaroon) ||
    typeof hash !== 'string' ||
    !/^[0-9a-f]{64}$/i.test(hash) ||
    !Number.isSafeInteger(amount)
  ) {
    throw new L402Error(
      'The API asks to be paid, and does not say how: invoice, macaroon, payment_hash or amount_sats is missing. Is a proxy in between?',
    );
  }
  const facts = {
    invoice,
    amountSats: amount as number,
    payoutSats: numberOr(details.payout_sats),
    feeSats: numberOr(details.fee_sats),
    paymentHash: hash.toLowerCase(),
    expiresAt: typeof details.expires_at === 'string' ? details.expires_at : undefined,
  };
  const challenge = new L402Challenge(facts, macaroon);
  const asked = millisatsIn(invoice);
  if (asked !== challenge.amountSats * 1000) {
    const said = asked === undefined ? 'names no amount' : `is over ${asked / 1000} sats`;
    throw new L402Error(
      `Not paid: the API says that the task costs ${amount} sats, and its invoice ${said}.`,
      { challenge },
    );
  }
  return challenge;
}

/** True for what can stand before the colon of a token. */
function isMacaroon(value: unknown): value is string {
  return typeof value === 'string' && /^[\w+/=-]+$/.test(value);
}

/** True for what has the form of a token: a macaroon, a colon, and a preimage. */
export function isToken(value: unknown): value is string {
  return typeof value === 'string' && /^[\w+/=-]+:[0-9a-f]{64}$/i.test(value);
}

function numberOr(value: unknown): number | undefined {
  return typeof value === 'number' ? value : undefined;
}
