import { env } from '@/server/platform/env';
import type { AppError } from '@/server/platform/errors';
import { log } from '@/server/platform/log';
import type { StoredAnswer } from './idempotency';
import type { Operation, RawReply } from './operation';

/** Statuses that any operation can return, from the transport itself. */
const DOOR_STATUSES = new Set([400, 401, 404, 405, 413, 415, 429, 500]);
const DOOR_CODES = new Set([
  'missing_scope',
  'organization_suspended',
  'idempotency_mismatch',
  'idempotency_in_flight',
]);

/** An operation returned an undeclared response, so the documentation would be wrong. */
export class UndeclaredAnswer extends Error {
  constructor(operation: Operation, what: string) {
    super(`${operation.id} answered ${what}, which it does not declare.`);
    this.name = 'UndeclaredAnswer';
  }
}

function speakUp(fault: UndeclaredAnswer): void {
  if (env.NODE_ENV === 'test') throw fault;
  log.error({ err: fault }, fault.message);
}

/** Logged in development, thrown in tests. */
export function assertDeclaredError(operation: Operation, { status, code }: AppError): void {
  if (env.NODE_ENV === 'production') return;
  const declared =
    DOOR_STATUSES.has(status) ||
    DOOR_CODES.has(code) ||
    operation.errors.some((error) => error.status === status && error.code === code);
  if (!declared) speakUp(new UndeclaredAnswer(operation, `${status} ${code}`));
}

/** The same for a success: its status and its body's schema. */
export function assertDeclaredReply(operation: Operation, reply: RawReply): void {
  if (env.NODE_ENV === 'production' || reply instanceof Response) return;
  const declared = operation.responses[reply.status];
  if (!declared) {
    speakUp(new UndeclaredAnswer(operation, String(reply.status)));
    return;
  }
  const body: unknown =
    reply.body === undefined ? undefined : JSON.parse(JSON.stringify(reply.body));
  const checked = declared.schema?.safeParse(body);
  if (checked && !checked.success) {
    speakUp(new UndeclaredAnswer(operation, `a body with ${checked.error.message}`));
  }
}

/** Converts a response to its stored form. */
export function storable(operation: Operation, reply: RawReply): StoredAnswer {
  if (reply instanceof Response) {
    throw new Error(`${operation.id}: an answer that is stored must be given as status and body.`);
  }
  const { status, body, headers } = reply;
  return {
    status,
    body: body === undefined ? null : JSON.stringify(body),
    headers: headers ?? {},
  };
}

type MakeResponse = (body: string | null, init: ResponseInit) => Response;

let makeResponse: MakeResponse = (body, init) => new Response(body, init);

/**
 * Sets how a response with a known text is created. Servers that write texts directly use a class
 * that avoids the stream of a `Response`'s body.
 */
export function setResponseMaker(make: MakeResponse): void {
  makeResponse = make;
}

/** A response with a text, or without a body. */
export function textResponse(
  body: string | null,
  status: number,
  headers: Record<string, string>,
): Response {
  if (body === null) return makeResponse(null, { status, headers });
  const length = String(Buffer.byteLength(body));
  return makeResponse(body, { status, headers: { ...headers, 'Content-Length': length } });
}

/** A response with common headers, its own, and `more`. */
export function storedResponse(
  base: Record<string, string>,
  { status, body, headers }: StoredAnswer,
  more: Record<string, string> = {},
): Response {
  return textResponse(body, status, {
    ...base,
    ...(body === null ? {} : { 'Content-Type': 'application/json' }),
    ...headers,
    ...more,
  });
}

/** Converts a handler's result to a response. */
export function toResponse(base: Record<string, string>, reply: RawReply): Response {
  if (!(reply instanceof Response)) {
    const body = reply.body === undefined ? null : JSON.stringify(reply.body);
    return storedResponse(base, { status: reply.status, body, headers: reply.headers ?? {} });
  }
  const headers = new Headers(base);
  reply.headers.forEach((value, name) => {
    headers.set(name, value);
  });
  return new Response(reply.body, { status: reply.status, headers });
}
