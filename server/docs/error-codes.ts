import { CONFLICTS } from './conflict-codes';
import { code, type ErrorType } from './error-code';
import { PAYMENTS } from './payment-codes';
import { VALIDATION_ERRORS } from './validation-errors';

/** All error codes of the API by type; `doc_url` links to one of these. */
export const ERROR_TYPES: ErrorType[] = [
  VALIDATION_ERRORS,
  {
    type: 'authentication_error',
    summary: 'The caller is not authenticated.',
    codes: [
      code(
        'invalid_api_key',
        401,
        'There is no API key, it is mistyped, or it does not exist.',
        'Send `Authorization: Bearer ek_…` with a key from your settings.',
      ),
      code(
        'revoked_api_key',
        401,
        'The key was revoked or has expired.',
        'Use another key, or create one in your settings.',
      ),
      code(
        'invalid_l402_token',
        401,
        'The L402 token is truncated, from another instance, or without the preimage of its invoice.',
        'Send `Authorization: L402 <macaroon>:<preimage>`, with the preimage that your wallet received for the payment.',
      ),
      code(
        'invalid_metrics_token',
        401,
        '`/metrics` was requested without the instance’s token.',
        'Send `METRICS_TOKEN` as a bearer token; set it if the instance has none.',
      ),
    ],
  },
  {
    type: 'authorization_error',
    summary: 'The caller is not allowed to do this.',
    codes: [
      code(
        'missing_scope',
        403,
        'The key lacks the scope in `details.scope`.',
        'Use a key with that scope.',
      ),
      code(
        'test_mode_only',
        403,
        'The call is for test mode, and the key is a live one.',
        'Use an `ek_test_` key.',
      ),
      code(
        'spend_cap_reached',
        403,
        'The task would exceed the daily spend cap of the key or the organization.',
        'Wait until midnight UTC, or raise the cap in your settings.',
      ),
      code(
        'organization_suspended',
        403,
        'The operator of this instance has suspended the organization: its keys are read-only.',
        'Open tasks continue. See the dashboard for the reason, or contact the operator.',
      ),
    ],
  },
  {
    type: 'insufficient_funds',
    summary: 'The balance does not cover what the task can cost.',
    codes: [
      code(
        'insufficient_funds',
        402,
        '`details.required_sats` is more than `details.available_sats`.',
        'Add funds, lower the payout, or request fewer votes.',
      ),
    ],
  },
  PAYMENTS,
  {
    type: 'not_found',
    summary: 'The resource does not exist for this key.',
    codes: [
      code(
        'not_found',
        404,
        'The path or the id does not exist, or belongs to another organization or mode.',
        'Check the id, and that the key has the same mode.',
      ),
    ],
  },
  CONFLICTS,
  {
    type: 'rate_limit_exceeded',
    summary: 'Too many requests in a minute.',
    codes: [
      code(
        'rate_limit_exceeded',
        429,
        'The key, or the address for calls without one, exceeded its rate limit.',
        'Wait for `Retry-After` seconds. `RateLimit-Remaining` shows what is left.',
      ),
      code(
        'too_many_deposits',
        429,
        'More than 60 deposits were created in an hour.',
        'Wait for `Retry-After` seconds, or pay one of the open invoices.',
      ),
      code(
        'too_many_challenges',
        429,
        'Too many invoices for tasks without a key were requested, from your network or overall.',
        'Wait for `Retry-After` seconds, or pay one of the open invoices.',
      ),
    ],
  },
  {
    type: 'internal_error',
    summary: 'An error on our side.',
    codes: [
      code(
        'internal_error',
        500,
        'An unexpected failure.',
        'Retry with the same idempotency key. If it persists, report the request id.',
      ),
    ],
  },
];
