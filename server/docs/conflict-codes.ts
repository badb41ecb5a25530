import { code, type ErrorType } from './error-code';

/** Codes of 409: the request conflicts with the current state. */
export const CONFLICTS: ErrorType = {
  type: 'conflict',
  summary: 'The request conflicts with the current state.',
  codes: [
    code(
      'idempotency_mismatch',
      409,
      'The idempotency key was used with another request.',
      'Send the original request, or use a new key.',
    ),
    code(
      'no_lightning_rail',
      409,
      'This instance does not accept Lightning payments, so a deposit cannot have an invoice.',
      'Ask its operator to set up a Lightning rail, or to credit your sats.',
    ),
    code(
      'no_rail_answers',
      409,
      'No Lightning rail of this instance is responding.',
      'Try again in a minute.',
    ),
    code(
      'l402_other_request',
      409,
      'The L402 token was bought for another request.',
      'Send exactly the original request, or the new one without a token.',
    ),
    code(
      'l402_price_changed',
      409,
      'The task can now cost more than was paid for it.',
      'Claim the refund as described by `GET /v1/l402`, and send the request again without a token.',
    ),
    code(
      'l402_refunded',
      409,
      'The L402 token’s payment was refunded.',
      'Send the request again without a token.',
    ),
    code(
      'idempotency_in_flight',
      409,
      'The first request with this idempotency key is still running.',
      'Retry after `Retry-After`.',
    ),
    code(
      'test_clock_in_use',
      409,
      'Another request is advancing or resetting the test clock.',
      'Retry after `Retry-After`.',
    ),
    code(
      'task_not_cancellable',
      409,
      'The task was submitted, or has ended.',
      'Read the task; there is nothing to cancel.',
    ),
    code(
      'task_not_ended',
      409,
      'Receipts only exist for ended tasks.',
      'Wait for the task with `?wait=60`, then try again.',
    ),
    code(
      'task_type_changed',
      409,
      'The type was saved by someone else after the version in `expected_version`.',
      'Read the type, apply your change, and save with its version.',
    ),
    code(
      'task_type_shipped',
      409,
      'The type is built in and cannot be deleted.',
      'Save a type of the same name to replace it.',
    ),
    code(
      'endpoint_disabled',
      409,
      'The endpoint is disabled, so nothing is sent to it.',
      'Enable it first: `PATCH /v1/webhooks/{id}` with `{"status": "enabled"}`.',
    ),
  ],
};
