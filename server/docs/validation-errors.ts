import { code, type ErrorType } from './error-code';

/** Requests that cannot be carried out as they are. */
export const VALIDATION_ERRORS: ErrorType = {
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
