import { code, type ErrorType } from './error-code';

/** Error codes of tasks paid without an API key. */
export const PAYMENTS: ErrorType = {
  type: 'payment_required',
  summary: 'The task must be paid first; see [tasks without a key](/docs/l402).',
  codes: [
    code(
      'l402_payment_required',
      402,
      'The request has no key, and this instance sells single tasks: `WWW-Authenticate` and `details` contain the invoice and the macaroon.',
      'Pay the invoice, and resend the same request with `Authorization: L402 <macaroon>:<preimage>`; or send an API key.',
    ),
    code(
      'payment_unconfirmed',
      503,
      'The payment of the token’s invoice has not arrived yet.',
      'Retry the same request with the same token after `Retry-After`. Do not pay again.',
    ),
  ],
};
