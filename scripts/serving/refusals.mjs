import { randomUUID } from 'node:crypto';

/** The methods Next knows; for others it fails. */
const METHODS = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'];

/**
 * What is refused before Next sees it, in the API's own form: nobody should have to read anything
 * but JSON.
 * @param {string} code
 * @param {string} message
 */
function refusal(code, message) {
  const requestId = `req_${randomUUID().replaceAll('-', '')}`;
  const base = process.env.PUBLIC_URL ?? `http://localhost:${process.env.PORT ?? 3000}`;
  const error = { type: 'validation_error', code, message, doc_url: `${base}/docs/errors#${code}` };
  return { requestId, body: JSON.stringify({ error, request_id: requestId }) };
}

/**
 * Answers 405 where the method is one that nothing here takes.
 * @param {import('node:http').IncomingMessage} request
 * @param {import('node:http').ServerResponse} response
 * @returns {boolean} true where it has answered
 */
export function refusedMethod(request, response) {
  if (METHODS.includes(request.method ?? '')) return false;
  const { requestId, body } = refusal(
    'method_not_allowed',
    `${request.method} is not possible here; use ${METHODS.join(', ')}.`,
  );
  response
    .writeHead(405, {
      Allow: METHODS.join(', '),
      'Content-Type': 'application/json',
      'X-Request-Id': requestId,
    })
    .end(body);
  return true;
}

/** @type {Record<string, [string, string, string]>} */
const UNREADABLE = {
  HPE_HEADER_OVERFLOW: [
    '431 Request Header Fields Too Large',
    'headers_too_large',
    'The headers are too large.',
  ],
  ERR_HTTP_REQUEST_TIMEOUT: [
    '408 Request Timeout',
    'request_timeout',
    'The request did not come in time.',
  ],
};

/**
 * Answers what is no HTTP that can be read.
 * @param {Error & { code?: string }} error
 * @param {import('node:stream').Duplex} socket
 */
export function refuseUnreadable(error, socket) {
  if (error.code === 'ECONNRESET' || !socket.writable) {
    socket.destroy();
    return;
  }
  const [status, code, message] = UNREADABLE[error.code ?? ''] ?? [
    '400 Bad Request',
    'malformed_request',
    'This is no HTTP request that can be read.',
  ];
  const { requestId, body } = refusal(code, message);
  socket.end(
    `HTTP/1.1 ${status}\r\nConnection: close\r\nContent-Type: application/json\r\n` +
      `X-Request-Id: ${requestId}\r\nContent-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}`,
  );
}
