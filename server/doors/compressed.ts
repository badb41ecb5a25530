import { promisify } from 'node:util';
import { gzip } from 'node:zlib';

const zip = promisify(gzip);

/** Below this a compressed answer is hardly shorter, and costs more. */
const BYTES_MIN = 1_024;

/**
 * A longer JSON answer in gzip where the caller takes it; all else as it is. Streams are never held
 * back: only what says that it is one JSON document is read whole.
 */
export async function compressed(request: Request, response: Response): Promise<Response> {
  if (request.method === 'HEAD' || !takesGzip(request.headers)) return response;
  const { headers } = response;
  if (!isJson(headers) || headers.has('content-encoding')) return response;
  if (Number(headers.get('content-length') ?? BYTES_MIN) < BYTES_MIN) return response;
  const bytes = Buffer.from(await response.arrayBuffer());
  const isLong = bytes.byteLength >= BYTES_MIN;
  const body = isLong ? await zip(bytes) : bytes;
  const own = new Headers(headers);
  own.append('Vary', 'Accept-Encoding');
  own.set('Content-Length', String(body.byteLength));
  if (isLong) own.set('Content-Encoding', 'gzip');
  return new Response(body, { status: response.status, headers: own });
}

function isJson(headers: Headers): boolean {
  return headers.get('content-type')?.startsWith('application/json') ?? false;
}

/** `gzip;q=0` refuses it. */
function takesGzip(headers: Headers): boolean {
  const accepted = headers.get('accept-encoding');
  return accepted !== null && /\bgzip\b(?!\s*;\s*q=0(?:\.0*)?\s*(?:,|$))/i.test(accepted);
}
