import { HumanRailError } from '../errors.js';
import { type L402Challenge, L402Error } from './challenge.js';

const ADVICE =
  'The task is paid for: create it with { l402Token: error.token }, or see l402.purchaseByToken(error.token) for a refund.';

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
  // Without details and cause, which would expose another challenge's macaroon.
  if (code === 'l402_payment_required') {
    const words = 'The API asks to be paid again for what is paid; nothing more was.';
    return new L402Error(`${words} ${ADVICE}`, { ...facts, ...paid });
  }
  const words = known?.message ?? 'The call was ended.';
  // The API's messages about tokens already say what to do.
  const message = code?.includes('l402') ? words : `${words} ${ADVICE}`;
  return new L402Error(message, { ...facts, ...paid, details: known?.details, cause: failure });
}
