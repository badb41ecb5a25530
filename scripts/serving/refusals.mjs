import { randomUUID } from 'node:crypto';

/** @import { IncomingMessage, ServerResponse } from 'node:http' */
/** @import { Duplex } from 'node:stream' */

/** Rejections before Next sees the request: all responses of this instance other than pages are JSON. */
/** @typedef {{ status: number, phrase: string, code: string, message: string, headers?: Record<string, string> }} Refusal */

/** The methods Next supports; it fails for others. */
export const METHODS = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'];

/** @param {string | undefined} method @returns {Refusal} */
export const methodNotAllowed = (method) => ({
  status: 405,
  phrase: 'Method Not Allowed',
  code: 'method_not_allowed',
  message: `${method} is not allowed here; use ${METHODS.join(', ')}.`,
  headers: { Allow: METHODS.join(', ') },
});

/** @param {string | undefined} host @returns {Refusal} */
export const hostNotServed = (host) => ({
  status: 421,
  phrase: 'Misdirected Request',
  code: 'host_not_served',
  message: `This instance does not serve the host ${JSON.stringify((host ?? '').slice(0, 100))}. If it should, set PUBLIC_URL to its address or list it in ALLOWED_HOSTS, and restart.`,
});

/** @param {number} bytesMax @returns {Refusal} */
export const bodyTooLarge = (bytesMax) => ({
  status: 413,
  phrase: 'Content Too Large',
  code: 'body_too_large',
  message: `The body exceeds the limit of ${bytesMax} bytes.`,
});

/** @type {Refusal} */
export const MALFORMED = {
  status: 400,
  phrase: 'Bad Request',
  code: 'malformed_request',
  message: 'This is not a valid HTTP request.',
};

/** @type {Record<string, Refusal>} */
const UNREADABLE = {
  HPE_HEADER_OVERFLOW: {
    status: 431,
    phrase: 'Request Header Fields Too Large',
    code: 'headers_too_large',
    message: 'The headers are too large; send at most 16 KB of them.',
  },
  ERR_HTTP_REQUEST_TIMEOUT: {
    status: 408,
    phrase: 'Request Timeout',
    code: 'request_timeout',
    message: 'The request did not arrive in time. Send it again.',
  },
};

/** Paths of the v0 API, whose clients expect errors in its own format. */
const V0 = /^\/+v0(?:[/?]|$)/;

/**
 * @param {Refusal} refusal
 * @param {string} [target] the request's, if there is one.
 */
function render({ status, code, message, headers }, target = '') {
  const requestId = `req_${randomUUID().replaceAll('-', '')}`;
  const base = process.env.PUBLIC_URL ?? `http://localhost:${process.env.PORT ?? 3000}`;
  const error = { type: 'validation_error', code, message };
  const body = JSON.stringify(
    V0.test(target)
      ? { error: { ...error, details: {} }, requestId }
      : { error: { ...error, doc_url: `${base}/docs/errors#${code}` }, request_id: requestId },
  );
  return {
    status,
    body,
    headers: {
      ...headers,
      'Content-Type': 'application/json',
      'Content-Length': String(Buffer.byteLength(body)),
      'X-Content-Type-Options': 'nosniff',
      'X-Request-Id': requestId,
      'Cache-Control': 'no-store',
    },
  };
}

/**
 * Responds to a request with a rejection. The rest of its body is read and dropped: closing the
 * connection while its client sends would lose the response.
 * @param {Refusal} refusal
 * @param {IncomingMessage} request
 * @param {ServerResponse} response
 */
export function refuse(refusal, request, response) {
  const { status, headers, body } = render(refusal, request.url);
  response.writeHead(status, headers).end(request.method === 'HEAD' ? undefined : body);
  request.resume();
}

/**
 * Responds on a connection without a response object, and closes it.
 * @param {Refusal} refusal
 * @param {Duplex} socket
 */
export function refuseSocket(refusal, socket) {
  const { status, headers, body } = render(refusal);
  const lines = Object.entries({ ...headers, Connection: 'close' }).map(
    ([name, value]) => `${name}: ${value}\r\n`,
  );
  socket.end(`HTTP/1.1 ${status} ${refusal.phrase}\r\n${lines.join('')}\r\n${body}`);
}

/**
 * Responds to something that is not HTTP, or that did not arrive in time.
 * @param {Error & { code?: string }} error
 * @param {Duplex} socket
 */
export function refuseUnreadable(error, socket) {
  if (error.code === 'ECONNRESET' || !socket.writable) {
    socket.destroy();
    return;
  }
  refuseSocket(UNREADABLE[error.code ?? ''] ?? MALFORMED, socket);
}
