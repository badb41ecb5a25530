import { IncomingMessage } from 'node:http';

const MIB = 1024 * 1024;

/** Larger limits by path, shared by everything below it. */
const LARGER = /** @type {const} */ ([
  ['/api/trpc', 2 * MIB],
  ['/api/inngest', 4 * MIB],
  ['/v1/tasks/batch', 32 * MIB],
]);

/**
 * How large the body of a request may be, in bytes.
 * @param {string} url path and query
 */
export function bodyBytesMax(url) {
  const [path = ''] = url.split(/[?#]/, 1);
  const larger = LARGER.find(([own]) => path === own || path.startsWith(`${own}/`));
  return larger ? larger[1] : MIB;
}

/**
 * True if the declared length exceeds the limit. The REST API checks this itself: it checks the key
 * first, and sets the response's own headers.
 * @param {IncomingMessage} request
 */
export function declaresTooMuch({ url = '', headers }) {
  if (/^\/v1(\/|$)/.test(url)) return false;
  return Number(headers['content-length'] ?? 0) > bodyBytesMax(url);
}

/** @param {IncomingMessage} request */
export function isChunked({ headers }) {
  return headers['transfer-encoding'] !== undefined;
}

/**
 * Buffers a body sent without a length, so that it can be forwarded with one. Next would read such
 * a body without limit; here it ends at the limit.
 * @param {IncomingMessage} request
 * @returns {Promise<IncomingMessage | 'too_large' | 'gone'>} the request with its whole body;
 * `gone` if the client disconnected
 */
export function readWhole(request) {
  const bytesMax = bodyBytesMax(request.url ?? '');
  /** @type {Buffer[]} */
  const chunks = [];
  let bytes = 0;
  return new Promise((resolve) => {
    /** @param {Buffer} chunk */
    const take = (chunk) => {
      bytes += chunk.length;
      if (bytes <= bytesMax) {
        chunks.push(chunk);
        return;
      }
      request.off('data', take);
      chunks.length = 0;
      resolve('too_large');
      // The rest of the body is read and dropped; closing the connection early would lose the
      // response.
      request.resume();
    };
    request.on('data', take);
    request.once('end', () => resolve(withBody(request, Buffer.concat(chunks))));
    request.once('error', () => resolve('gone'));
    request.once('close', () => resolve('gone'));
  });
}

/** @param {IncomingMessage} request @param {Buffer} body */
function withBody(request, body) {
  const whole = new IncomingMessage(request.socket);
  const { 'transfer-encoding': _, ...headers } = request.headers;
  whole.method = request.method;
  whole.url = request.url;
  whole.httpVersion = request.httpVersion;
  whole.httpVersionMajor = request.httpVersionMajor;
  whole.httpVersionMinor = request.httpVersionMinor;
  whole.headers = { ...headers, 'content-length': String(body.length) };
  whole.complete = true;
  if (body.length > 0) whole.push(body);
  whole.push(null);
  return whole;
}
