import { code, type ErrorType } from './error-code';

/** Invalid requests. */
export const VALIDATION_ERRORS: ErrorType = {
  type: 'validation_error',
  summary: 'The request is invalid. Retrying it unchanged does not help.',
  codes: [
    code(
      'missing_field',
      400,
      'A required field is missing.',
      'Send the field that `param` names; `details` lists every fault of the request.',
    ),
    code(
      'invalid_field',
      400,
      'A field, query parameter or header has an invalid value.',
      'Fix the value named by `param` as described in `message`; `details` lists every fault.',
    ),
    code(
      'unknown_field',
      400,
      'The request has an unknown field or query parameter.',
      'Remove it, or correct its spelling.',
    ),
    code(
      'malformed_json',
      400,
      'The body is not valid JSON, has a duplicate key, has a key named `__proto__`, or is nested more than 256 levels deep.',
      'Send one well-formed JSON value in UTF-8.',
    ),
    code(
      'outputs_too_large',
      413,
      'An answer in the request (`sandbox.answer`, `on_timeout.output`, `agent_guess.output`) is larger than 1 MB.',
      'Shorten the answer, or link to large files.',
    ),
    code(
      'unsafe_number',
      400,
      'The body has an integer beyond ±2^53, which JSON parsers round, or a number that becomes infinite or 0.',
      'Send it as a string. `details.pointer` locates it.',
    ),
    code(
      'malformed_input',
      400,
      'A page sent an input in an invalid format.',
      'Reload the page. Programs use the REST API.',
    ),
    code(
      'malformed_request',
      400,
      'The request is not valid HTTP, names several hosts, or has a target that is neither a path nor a URL.',
      'Check the client or the proxy that sent it.',
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
      'Retry over a better connection or with a smaller body.',
    ),
    code(
      'body_too_large',
      413,
      'The body exceeds the limit: 1 MiB, or 32 MiB for a batch.',
      'Send smaller requests; `details.bytes_max` contains the limit if it depends on the operation.',
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
      'The request’s `Host` is not served by this instance.',
      'Use the address in `PUBLIC_URL`. If you run the instance, add the host to `ALLOWED_HOSTS`.',
    ),
    code(
      'invalid_output_schema',
      422,
      'The answer’s schema is not valid JSON Schema, or exceeds the limits.',
      'Fix the location given as a JSON Pointer in `message`.',
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
      'payout_below_floor',
      422,
      'This instance asks for a wage, and the type takes its workers too long for what the task pays. `details.payout_sats_min` is what would do.',
      'Pay `payout_sats_min` or more. A quote says it beforehand, as `wage.payout_sats_min`.',
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
};
