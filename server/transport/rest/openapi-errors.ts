import { errorResponse, SHARED_RESPONSES } from './openapi-components';
import type { ErrorAnswer, Operation } from './operation';

/** An operation's error responses by status: its own, the transport's, and the shared ones. */
export function errorResponses(operation: Operation): Record<string, unknown> {
  const byStatus = new Map<number, ErrorAnswer[]>();
  for (const error of [...operation.errors, ...doorErrors(operation)]) {
    byStatus.set(error.status, [...(byStatus.get(error.status) ?? []), error]);
  }
  const responses: Record<string, unknown> = {};
  for (const [status, { name, error }] of SHARED_RESPONSES) {
    // A GET has no body, so its content type does not matter.
    if (operation.method === 'GET' && status === 415) continue;
    const own = byStatus.get(status);
    if (own) byStatus.set(status, [...own, error]);
    else responses[status] = { $ref: `#/components/responses/${name}` };
  }
  for (const [status, errors] of byStatus) responses[status] = errorResponse(errors);
  return responses;
}

/** Errors of the transport that depend on the operation, in addition to the shared ones. */
function doorErrors(operation: Operation): ErrorAnswer[] {
  const errors: ErrorAnswer[] = [
    { status: 400, code: 'invalid_field', description: '`details` lists every fault.' },
    { status: 400, code: 'unknown_field' },
  ];
  if (!operation.public) {
    errors.push({ status: 401, code: 'invalid_api_key' }, { status: 401, code: 'revoked_api_key' });
  }
  if (operation.scope) errors.push({ status: 403, code: 'missing_scope' });
  if (operation.scope?.endsWith(':write')) {
    errors.push({ status: 403, code: 'organization_suspended' });
  }
  if (operation.params) errors.push({ status: 404, code: 'not_found' });
  if (operation.body) errors.push({ status: 400, code: 'missing_field' });
  if (operation.method !== 'GET') {
    errors.push(
      { status: 400, code: 'malformed_json' },
      {
        status: 400,
        code: 'unsafe_number',
        description: 'A number that JSON parsers change, such as an integer beyond 2^53.',
      },
    );
  }
  if (operation.idempotency === 'stored') {
    errors.push(
      { status: 409, code: 'idempotency_mismatch' },
      { status: 409, code: 'idempotency_in_flight', description: '`Retry-After: 1`.' },
    );
  }
  return errors;
}
