import { env } from '@/server/platform/env';
import type { AppError } from '@/server/platform/errors';
import { log } from '@/server/platform/log';
import type { StoredAnswer } from './idempotency';
import type { Operation, RawReply } from './operation';

/** Errors the door itself gives, on any operation. */
const DOOR_STATUSES = new Set([400, 401, 404, 405, 413, 415, 429, 500]);
const DOOR_CODES = new Set([
  'missing_scope',
  'organization_suspended',
  'idempotency_mismatch',
  'idempotency_in_flight',
]);

/** An operation answered what it does not declare, so the documentation would be wrong. */
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

/** While developing this is said in the log; in tests it is thrown. */
export function assertDeclaredError(operation: Operation, { status, code }: AppError): void {
  if (env.NODE_ENV === 'production') return;
  const declared =
    DOOR_STATUSES.has(status) ||
    DOOR_CODES.has(code) ||
    operation.errors.some((error) => error.status === status && error.code === code);
  if (!declared) speakUp(new UndeclaredAnswer(operation, `${status} ${code}`));
}

/** The same for a success: its status, and the form of its body. */
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

/** An answer in the form it is kept in. */
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
 * Sets how an answer whose text is at hand becomes a response. A server that writes texts by itself has a
 * class of its own, which spares it the stream that every body of a `Response` is.
 */
export function setResponseMaker(make: MakeResponse): void {
  makeResponse = make;
}

/** A response whose text is at hand, or that has none. */
export function textResponse(
  body: string | null,
  status: number,
  headers: Record<string, string>,
): Response {
  if (body === null) return makeResponse(null, { status, headers });
  const length = String(Buffer.byteLength(body));
  return makeResponse(body, { status, headers: { ...headers, 'Content-Length': length } });
}

/** A response with the headers of every answer, the answer's own, and `more`. */
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

/** A response from what a handler gave. */
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
