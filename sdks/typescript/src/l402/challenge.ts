import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex, hexToBytes } from '@noble/hashes/utils.js';
import { HumanRailError } from '../errors.js';
import { L402Error } from './error.js';
import { millisatsIn } from './invoice.js';

interface ChallengeFacts {
  invoice: string;
  amountSats: number;
  payoutSats: number | undefined;
  feeSats: number | undefined;
  paymentHash: string;
  expiresAt: string | undefined;
}

/** What the API asks for before it creates a task. */
export class L402Challenge {
  /** The BOLT11 invoice to pay. */
  readonly invoice: string;
  /** What the invoice asks for, in sats: the most that the task can cost. */
  readonly amountSats: number;
  /** The part of it for workers, in sats. */
  readonly payoutSats: number | undefined;
  /** The instance's part, in sats. */
  readonly feeSats: number | undefined;
  /** 64 hex digits: the SHA-256 of the preimage that paying gives. */
  readonly paymentHash: string;
  /** When the invoice can be paid no more, ISO 8601. */
  readonly expiresAt: string | undefined;
  /** Half of a secret, so it is private to the language too. */
  readonly #macaroon: string;

  constructor(facts: ChallengeFacts, macaroon: string) {
    this.invoice = facts.invoice;
    this.amountSats = facts.amountSats;
    this.payoutSats = facts.payoutSats;
    this.feeSats = facts.feeSats;
    this.paymentHash = facts.paymentHash;
    this.expiresAt = facts.expiresAt;
    this.#macaroon = macaroon;
  }

  /**
   * The token that paying buys. It is a bearer secret.
   * @param preimage 64 hex digits, as the wallet gave them.
   * @throws L402Error where it is not the preimage of this invoice.
   */
  token(preimage: string): string {
    if (typeof preimage !== 'string' || !/^[0-9a-f]{64}$/i.test(preimage)) {
      throw new L402Error(
        'The preimage of a payment is 64 hex digits, and this is none; look at what pay gives.',
        { challenge: this },
      );
    }
    if (bytesToHex(sha256(hexToBytes(preimage))) !== this.paymentHash) {
      throw new L402Error(
        "This is not the preimage of the invoice: its SHA-256 is not the invoice's payment hash.",
        { challenge: this },
      );
    }
    return `${this.#macaroon}:${preimage.toLowerCase()}`;
  }
}

/**
 * The challenge that a refused create carries; undefined where it is another refusal.
 * @throws L402Error where it is one that nobody should pay.
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

/** True of what can stand before the colon of a token. */
function isMacaroon(value: unknown): value is string {
  return typeof value === 'string' && /^[\w+/=-]+$/.test(value);
}

/** True of what has the form of a token: a macaroon, a colon, and a preimage. */
export function isToken(value: unknown): value is string {
  return typeof value === 'string' && /^[\w+/=-]+:[0-9a-f]{64}$/i.test(value);
}

function numberOr(value: unknown): number | undefined {
  return typeof value === 'number' ? value : undefined;
}
