import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex, hexToBytes } from '@noble/hashes/utils.js';
import { type ErrorFacts, HumanRailError } from '../errors.js';

interface ChallengeFacts {
  invoice: string;
  amountSats: number;
  payoutSats: number | undefined;
  feeSats: number | undefined;
  paymentHash: string;
  expiresAt: string | undefined;
}

/** The payment requested by the API before it creates a task. */
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
  /** When the invoice expires, ISO 8601. */
  readonly expiresAt: string | undefined;
  /** Half of a secret, so it is a private field. */
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
   * @throws L402Error if it is not the preimage of this invoice.
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

interface L402Facts extends ErrorFacts {
  challenge?: L402Challenge;
  token?: string;
  cause?: unknown;
}

/**
 * A task was not paid for, or was paid for and not created. With a `token` the sats have been paid: the
 * same `tasks.create` with `{ l402Token: error.token }` resumes the create, and
 * `l402.purchaseByToken(error.token)` reads a refund. `status`, `code` and similar fields are those
 * of the response to the create, if any; `cause` is the failure itself.
 */
export class L402Error extends HumanRailError {
  /** What was asked for; undefined if the create began with a token. */
  readonly challenge: L402Challenge | undefined;
  /** A private field, so that printing the error never shows it. */
  readonly #token: string | undefined;

  constructor(message: string, facts: L402Facts = {}) {
    super(message, facts);
    this.challenge = facts.challenge;
    this.#token = facts.token;
    if (facts.cause !== undefined) {
      Object.defineProperty(this, 'cause', { value: facts.cause, configurable: true });
    }
  }

  /** Proof of the payment, a secret to keep; undefined if nothing is known to be paid. */
  get token(): string | undefined {
    return this.#token;
  }
}
