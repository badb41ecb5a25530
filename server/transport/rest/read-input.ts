import { type FieldFault, InvalidRequest, NotFound } from '@/server/platform/errors';
import { type Checked, checkFields, checkJson } from './field-faults';
import { readJsonBody } from './json-body';
import type { Operation, RawInput } from './operation';
import { parseQuery } from './query-string';

export const IDEMPOTENCY_KEY_CHARS_MAX = 256;

const NOTHING = { ok: true, value: undefined } as const;

/**
 * Reads and validates the whole request; faults of query, body and headers are reported together.
 * @throws NotFound 404, InvalidRequest 400, BodyTooLarge 413, UnsupportedMediaType 415
 */
export async function readInput(
  operation: Operation,
  request: Request,
  params: unknown,
): Promise<Omit<RawInput, 'actor' | 'requestId' | 'signal'>> {
  const faults: FieldFault[] = [];
  const keep = <T>(checked: Checked<T>) => {
    if (checked.ok) return checked.value;
    faults.push(...checked.faults);
    return undefined;
  };
  const checkedParams = checkParams(operation, params);
  const mayHaveBody = request.method !== 'GET' && request.method !== 'HEAD';
  const body = mayHaveBody ? await checkBody(operation, request) : NOTHING;
  const input = {
    params: checkedParams,
    query: keep(checkQuery(operation, request)),
    body: keep(body),
    headers: request.headers,
    request,
    idempotencyKey: keep(checkIdempotencyKey(request)),
  };
  if (faults.length > 0) throw InvalidRequest.fromFaults(faults);
  return input;
}

/** An impossible ID simply does not exist; a PUT would create it, so it gets an explanation. */
function checkParams(operation: Operation, params: unknown): unknown {
  if (!operation.params) return {};
  const checked = checkFields(operation.params, params);
  if (checked.ok) return checked.value;
  if (operation.method === 'PUT') throw InvalidRequest.fromFaults(checked.faults);
  throw new NotFound('resource');
}

function checkQuery(operation: Operation, request: Request): Checked<unknown> {
  const { input, faults } = parseQuery(searchParamsOf(request), operation.query);
  if (!operation.query) {
    const unknown = Object.keys(input).map((name) => ({
      param: name,
      code: 'unknown_field',
      message: `${name} is not a known query parameter; this operation has none.`,
    }));
    return unknown.length > 0 || faults.length > 0
      ? { ok: false, faults: [...unknown, ...faults] }
      : { ok: true, value: {} };
  }
  const checked = checkFields(operation.query, input);
  if (faults.length === 0) return checked;
  const named = new Set(faults.map((fault) => fault.param));
  const others = checked.ok ? [] : checked.faults.filter((fault) => !named.has(fault.param));
  return { ok: false, faults: [...faults, ...others] };
}

/** Most requests have no query, and reading their whole URL would cost more than all else here. */
function searchParamsOf({ url }: Request): URLSearchParams {
  return url.includes('?') ? new URL(url).searchParams : new URLSearchParams();
}

async function checkBody(operation: Operation, request: Request): Promise<Checked<unknown>> {
  const body = await readJsonBody(request, operation.maxBodyBytes);
  if (!operation.body) return checkNoBody(body);
  if (body === undefined && operation.bodyOptional) return NOTHING;
  // A missing body lacks the same fields as an empty object.
  const check = operation.checksItems ? checkFields : checkJson;
  return check(operation.body, body === undefined ? {} : body);
}

/** An operation without a body also accepts an empty object, which many clients send. */
function checkNoBody(body: unknown): Checked<undefined> {
  const fields = typeof body === 'object' && body !== null ? Object.keys(body) : [];
  if (
    body === undefined ||
    (fields.length === 0 && !Array.isArray(body) && body instanceof Object)
  ) {
    return NOTHING;
  }
  const faults: FieldFault[] = fields.map((param) => ({
    param,
    code: 'unknown_field',
    message: `${param} is not a known field; this operation has no body.`,
  }));
  const whole = { param: 'body', code: 'invalid_field', message: 'This operation has no body.' };
  return { ok: false, faults: faults.length > 0 ? faults : [whole] };
}

function checkIdempotencyKey(request: Request): Checked<string | undefined> {
  const key = request.headers.get('idempotency-key');
  if (key === null) return NOTHING;
  if (key.length >= 1 && key.length <= IDEMPOTENCY_KEY_CHARS_MAX) {
    return { ok: true, value: key };
  }
  const message = `Idempotency-Key must be 1 to ${IDEMPOTENCY_KEY_CHARS_MAX} characters long.`;
  return {
    ok: false,
    faults: [{ param: 'Idempotency-Key', code: 'invalid_field', message }],
  };
}
