import { type ErrorFacts, HumanRailError } from '../errors.js';
import type { L402Challenge } from './challenge.js';

const ADVICE =
  'The task is paid for: create it with { l402Token: error.token }, or see l402.purchaseByToken(error.token) for a refund.';

interface L402Facts extends ErrorFacts {
  challenge?: L402Challenge;
  token?: string;
  cause?: unknown;
}

/**
 * A task was not paid for, or was paid for and not created. With a `token` the sats have been paid: the
 * same `tasks.create` with `{ l402Token: error.token }` goes on where it stopped, and
 * `l402.purchaseByToken(error.token)` tells of a refund. `status`, `code` and their like are those of
 * the answer to the create, if one came; `cause` is the failure itself.
 */
export class L402Error extends HumanRailError {
  /** What was asked for; undefined where the create began with a token. */
  readonly challenge: L402Challenge | undefined;
  /** Private to the language, so that printing the error never shows it. */
  readonly #token: string | undefined;

  constructor(message: string, facts: L402Facts = {}) {
    super(message, facts);
    this.challenge = facts.challenge;
    this.#token = facts.token;
    if (facts.cause !== undefined) {
      Object.defineProperty(this, 'cause', { value: facts.cause, configurable: true });
    }
  }

  /** Proof of the payment, a secret to keep; undefined where nothing is known to be paid. */
  get token(): string | undefined {
    return this.#token;
  }
}

/** The error of a create that failed after its payment. */
export function failedAfterPayment(
  failure: unknown,
  token: string,
  challenge: L402Challenge | undefined,
): L402Error {
  const known = failure instanceof HumanRailError ? failure : undefined;
  const { status, type, code, param, docUrl, requestId, retryAfterSeconds } = known ?? {};
  const facts = { status, type, code, param, docUrl, requestId, retryAfterSeconds };
  const paid = { challenge, token };
  // With neither details nor cause, which would show the macaroon of another challenge.
  if (code === 'l402_payment_required') {
    const words = 'The API asks to be paid again for what is paid; nothing more was.';
    return new L402Error(`${words} ${ADVICE}`, { ...facts, ...paid });
  }
  const words = known?.message ?? 'The call was ended.';
  // What the API says of a token says what to do, too.
  const message = code?.includes('l402') ? words : `${words} ${ADVICE}`;
  return new L402Error(message, { ...facts, ...paid, details: known?.details, cause: failure });
}
