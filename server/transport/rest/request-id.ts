import { randomUUID } from 'node:crypto';

const ACCEPTED = /^[\w.:-]{1,128}$/;

/** The caller's `X-Request-Id` where it is plain enough to be logged, else a new id. */
export function requestIdOf(request: Request): string {
  const given = request.headers.get('x-request-id');
  return given && ACCEPTED.test(given) ? given : `req_${randomUUID().replaceAll('-', '')}`;
}
