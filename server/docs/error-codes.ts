import { CONFLICTS } from './conflict-codes';
import { code, type ErrorType } from './error-code';

/** Every code an answer of the API can carry, by type; `doc_url` leads to one of these. */
export const ERROR_TYPES: ErrorType[] = [
  {
    type: 'validation_error',
    summary: 'The request cannot be carried out as it is. Sending it again changes nothing.',
    codes: [
      code(
        'missing_field',
        400,
        'A required field is not there.',
        'Send the field that `param` names; `details` lists every fault of the request.',
      ),
      code(
        'invalid_field',
        400,
        'A field, query parameter or header has a value that is not allowed.',
        'Change the value that `param` names as `message` says; `details` lists every fault.',
      ),
      code(
        'unknown_field',
        400,
        'The request has a field or query parameter that this call does not know.',
        'Remove it, or correct its spelling.',
      ),
      code(
        'malformed_json',
        400,
        'The body does not parse as JSON, has the same key twice, has a key called `__proto__`, or nests more than 256 levels deep.',
        'Send one well-formed JSON value in UTF-8.',
      ),
      code(
        'outputs_too_large',
        413,
        'An answer in the request (`sandbox.answer`, `on_timeout.output`, `agent_guess.output`) is larger than 1 MB.',
        'Shorten it, or link to large files.',
      ),
      code(
        'unsafe_number',
        400,
        'The body has an integer beyond ±2^53, which JSON parsers round, or a number that becomes infinite or 0.',
        'Send it as a string. `details.pointer` points at it.',
      ),
      code(
        'malformed_input',
        400,
        'A page sent an input in a form that pages do not send.',
        'Reload the page. Programs use the REST API.',
      ),
      code(
        'malformed_request',
        400,
        'The request is not readable as HTTP, names several hosts, or has a target that is neither a path nor a URL.',
        'Check the client or the proxy that wrote it.',
      ),
      code(
        'method_not_allowed',
        405,
        'The path exists, but not with this method.',
        'Use one of the methods in the `Allow` header.',
      ),
      code(
        'request_timeout',
        408,
        'The request did not arrive within a minute.',
        'Send it again, over a better connection or with a smaller body.',
      ),
      code(
        'body_too_large',
        413,
        'The body is larger than this call takes: 1 MiB, or 32 MiB for a batch.',
        'Send less at a time; `details.bytes_max` is the limit where it depends on the call.',
      ),
      code(
        'unsupported_media_type',
        415,
        'The body is not declared as JSON, or is compressed.',
        'Send it uncompressed with `Content-Type: application/json`.',
      ),
      code(
        'host_not_served',
        421,
        'The `Host` of the request is not one this instance answers for.',
        'Call the address in `PUBLIC_URL`. If you run the instance, add the host to `ALLOWED_HOSTS`.',
      ),
      code(
        'invalid_output_schema',
        422,
        'The schema of the answer is not JSON Schema, or is beyond what can be asked.',
        'Change the place that the JSON Pointer in `message` names.',
      ),
      code(
        'unknown_skill',
        422,
        'A skill in `skills_required` does not exist.',
        'Correct its spelling, or leave it out.',
      ),
      code(
        'no_eligible_worker',
        422,
        'No worker holds all the skills at this risk tier, so a live task would only expire.',
        'Ask for fewer skills or a lower tier, or create a test task.',
      ),
      code(
        'too_many_endpoints',
        422,
        'The organization has as many endpoints as it may have.',
        'Delete one that is not in use.',
      ),
      code(
        'headers_too_large',
        431,
        'The headers are larger than 16 KB.',
        'Send fewer or shorter headers, or a shorter query.',
      ),
    ],
  },
  {
    type: 'authentication_error',
    summary: 'The caller is not known.',
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
        'invalid_metrics_token',
        401,
        '`/metrics` was asked without the instance’s token.',
        'Send `METRICS_TOKEN` as a bearer token; set it if the instance has none.',
      ),
    ],
  },
  {
    type: 'authorization_error',
    summary: 'The caller is known, and may not do this.',
    codes: [
      code(
        'missing_scope',
        403,
        'The key lacks the scope in `details.scope`.',
        'Use a key that has it.',
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
        'The task would exceed what the key, or the organization, may spend in a day.',
        'Wait until midnight UTC, or raise the cap in your settings.',
      ),
      code(
        'organization_suspended',
        403,
        'The operator of this instance has suspended the organization: its keys may read, and nothing else.',
        'Open tasks go on. The dashboard says why; ask the operator.',
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
        'Add funds, lower the payout, or ask for fewer votes.',
      ),
    ],
  },
  {
    type: 'not_found',
    summary: 'It does not exist for this key.',
    codes: [
      code(
        'not_found',
        404,
        'The path or the id does not exist, or belongs to another organization or mode.',
        'Check the id, and that the key is of the same mode.',
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
        'The key, or the address for calls without one, made more requests than it may.',
        'Wait for the seconds in `Retry-After`. `RateLimit-Remaining` tells in advance.',
      ),
      code(
        'too_many_deposits',
        429,
        'More than 60 deposits were created in an hour.',
        'Wait for the seconds in `Retry-After`, or pay one of the invoices that are open.',
      ),
    ],
  },
  {
    type: 'internal_error',
    summary: 'The fault is on our side.',
    codes: [
      code(
        'internal_error',
        500,
        'Something failed that should not.',
        'Send it again with the same idempotency key. If it stays, report the request id.',
      ),
    ],
  },
];
