import { type Operation, operations } from './document';

interface Refusal {
  status: number;
  code: string;
}

function refusalsOf({ answers }: Operation): Refusal[] {
  return answers.flatMap(({ status, answer }) =>
    (answer['x-error-codes'] ?? []).map((code) => ({ status, code })),
  );
}

/** Errors of nearly every call, documented once on the page about the API. */
const GENERAL = new Set([
  'body_too_large',
  'headers_too_large',
  'host_not_served',
  'idempotency_in_flight',
  'internal_error',
  'invalid_api_key',
  'invalid_field',
  'malformed_json',
  'method_not_allowed',
  'missing_field',
  'missing_scope',
  'rate_limit_exceeded',
  'request_timeout',
  'revoked_api_key',
  'unknown_field',
  'unsafe_number',
  'unsupported_media_type',
]);

function line({ status, code }: Refusal): string {
  return `- ${status} [\`${code}\`](/docs/errors#${code})`;
}

/** One call's errors other than the general ones; empty if there are none. */
export function errorList(operation: Operation): string {
  return refusalsOf(operation)
    .filter(({ code }) => !GENERAL.has(code))
    .map(line)
    .join('\n');
}

/** The errors that any call may return. */
export function generalErrors(): string {
  const all = new Map(
    operations
      .flatMap(refusalsOf)
      .filter(({ code }) => GENERAL.has(code))
      .map((one) => [`${one.status} ${one.code}`, one]),
  );
  return [...all.values()]
    .toSorted((a, b) => a.status - b.status || a.code.localeCompare(b.code))
    .map(line)
    .join('\n');
}
