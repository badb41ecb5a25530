import { STATUS_CODES } from 'node:http';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { ReadableStream } from 'node:stream/web';
import { promisify } from 'node:util';
import { constants, createGzip, gzip } from 'node:zlib';
import { log } from '@/server/platform/log';

const zip = promisify(gzip);

/** Below a few packets, compression saves no time and costs more than the rest of a request. */
const BYTES_MIN = 4_096;

/**
 * Compresses longer JSON responses with gzip if the client accepts it. Streams are never buffered:
 * responses in parts, such as batched results, are compressed part by part.
 */
export async function compressed(request: Request, response: Response): Promise<Response> {
  if (request.method === 'HEAD' || !takesGzip(request.headers)) return response;
  const { headers } = response;
  if (!isJson(headers) || headers.has('content-encoding')) return response;
  if (headers.has('transfer-encoding')) return inParts(response);
  if (Number(headers.get('content-length') ?? BYTES_MIN) < BYTES_MIN) return response;
  const bytes = Buffer.from(await response.arrayBuffer());
  const isLong = bytes.byteLength >= BYTES_MIN;
  const body = isLong ? await zip(bytes) : bytes;
  const own = new Headers(headers);
  own.append('Vary', 'Accept-Encoding');
  own.set('Content-Length', String(body.byteLength));
  if (isLong) own.set('Content-Encoding', 'gzip');
  return withBody(response, body, own);
}

function inParts(response: Response): Response {
  if (!response.body) return response;
  const zipped = createGzip({ flush: constants.Z_SYNC_FLUSH });
  // If the client disconnects, the source is cancelled.
  pipeline(Readable.fromWeb(response.body as ReadableStream), zipped).catch((error: unknown) =>
    log.debug({ err: error }, 'A stream ended early'),
  );
  const headers = new Headers(response.headers);
  headers.append('Vary', 'Accept-Encoding');
  headers.set('Content-Encoding', 'gzip');
  const body = Readable.toWeb(zipped) as ReadableStream<Uint8Array>;
  return withBody(response, body as BodyInit, headers);
}

/** Some clients display the status text. */
function withBody({ status, statusText }: Response, body: BodyInit, headers: Headers): Response {
  return new Response(body, {
    status,
    statusText: statusText || (STATUS_CODES[status] ?? ''),
    headers,
  });
}

function isJson(headers: Headers): boolean {
  return headers.get('content-type')?.startsWith('application/json') ?? false;
}

/** `gzip;q=0` rejects it. */
function takesGzip(headers: Headers): boolean {
  const accepted = headers.get('accept-encoding');
  return accepted !== null && /\bgzip\b(?!\s*;\s*q=0(?:\.0*)?\s*(?:,|$))/i.test(accepted);
}
