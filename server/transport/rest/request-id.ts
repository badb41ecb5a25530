import { randomUUID } from 'node:crypto';

const ACCEPTED = /^[\w.:-]{1,128}$/;

/** The caller's `X-Request-Id` if it is safe to log, else a new ID. */
export function requestIdOf(request: Request): string {
  const given = request.headers.get('x-request-id');
  return given && ACCEPTED.test(given) ? given : `req_${randomUUID().replaceAll('-', '')}`;
}
