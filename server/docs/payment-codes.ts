import { code, type ErrorType } from './error-code';

/** Codes of tasks that are paid for without an API key. */
export const PAYMENTS: ErrorType = {
  type: 'payment_required',
  summary: 'The task is to be paid for first; see [tasks without a key](/docs/l402).',
  codes: [
    code(
      'l402_payment_required',
      402,
      'There is no key, and this instance sells single tasks: `WWW-Authenticate` and `details` have the invoice and the macaroon.',
      'Pay the invoice, and send the same request with `Authorization: L402 <macaroon>:<preimage>`; or send an API key.',
    ),
    code(
      'payment_unconfirmed',
      503,
      'The payment of the token’s invoice has not arrived yet.',
      'Send the same request with the same token after `Retry-After`. Do not pay again.',
    ),
  ],
};
