import { code, type ErrorType } from './error-code';

/** Codes of 409: what is asked does not fit the state things are in. */
export const CONFLICTS: ErrorType = {
  type: 'conflict',
  summary: 'The request does not fit the state things are in.',
  codes: [
    code(
      'idempotency_mismatch',
      409,
      'The idempotency key was used with another request.',
      'Send the same request as the first time, or a new key.',
    ),
    code(
      'no_lightning_rail',
      409,
      'This instance takes no payments over Lightning, so that there is no invoice for a deposit.',
      'Ask its operator to set up a Lightning rail, or to credit your sats.',
    ),
    code(
      'no_rail_answers',
      409,
      'None of the Lightning rails of this instance answers now.',
      'Try again in a minute.',
    ),
    code(
      'l402_other_request',
      409,
      'The L402 token was bought for another request.',
      'Send exactly the request that it was bought for, or the new one without a token.',
    ),
    code(
      'l402_price_changed',
      409,
      'The task can cost more by now than was paid for it.',
      'Take the sats back as `GET /v1/l402` says, and ask anew without a token.',
    ),
    code(
      'l402_refunded',
      409,
      'What was paid with the L402 token was paid back.',
      'Ask anew without a token.',
    ),
    code(
      'idempotency_in_flight',
      409,
      'The first request with this idempotency key is still running.',
      'Send it again after `Retry-After`.',
    ),
    code(
      'test_clock_in_use',
      409,
      'Another request is advancing or resetting the test clock.',
      'Send it again after `Retry-After`.',
    ),
    code(
      'task_not_cancellable',
      409,
      'The task was submitted, or has ended.',
      'Read the task; nothing needs to be cancelled.',
    ),
    code(
      'task_not_ended',
      409,
      'A receipt exists only for a task that has ended.',
      'Wait for the task with `?wait=60`, then ask again.',
    ),
    code(
      'task_type_changed',
      409,
      'The type was saved by someone else after the version in `expected_version`.',
      'Read it, apply your change to it, and save with its version.',
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
