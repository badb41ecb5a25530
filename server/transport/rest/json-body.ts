import { AppError } from '@/server/platform/errors';
import { assertUnambiguous, MalformedJson } from './read-json-text';

/** 413: the body exceeds the operation's limit. */
export class BodyTooLarge extends AppError {
  static readonly status = 413;
  static readonly code = 'body_too_large';
  constructor(bytesMax: number) {
    super(
      413,
      'validation_error',
      'body_too_large',
      `The body exceeds the limit of ${bytesMax} bytes.`,
      { details: { bytes_max: bytesMax } },
    );
  }
}

/** 415: the body is not declared as JSON. */
export class UnsupportedMediaType extends AppError {
  static readonly status = 415;
  static readonly code = 'unsupported_media_type';
  constructor(given: string | null) {
    super(
      415,
      'validation_error',
      'unsupported_media_type',
      `Send the body as application/json${given ? `, not as ${given.slice(0, 100)}` : ': set the Content-Type header'}.`,
    );
  }
}

const utf8 = new TextDecoder('utf-8', { fatal: true });

function isJson(contentType: string | null): boolean {
  return contentType?.split(';')[0]?.trim().toLowerCase() === 'application/json';
}

async function readBytes(request: Request, bytesMax: number): Promise<Uint8Array> {
  const declared = Number(request.headers.get('content-length') ?? Number.NaN);
  if (declared > bytesMax) throw new BodyTooLarge(bytesMax);
  // The server enforces the declared length, so there is nothing to count.
  if (declared >= 0) return new Uint8Array(await request.arrayBuffer());
  if (!request.body) return new Uint8Array();
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  const reader = request.body.getReader();
  for (let part = await reader.read(); !part.done; part = await reader.read()) {
    bytes += part.value.byteLength;
    if (bytes > bytesMax) {
      // The rest is discarded; errors do not matter.
      reader.cancel().catch(() => undefined);
      throw new BodyTooLarge(bytesMax);
    }
    chunks.push(part.value);
  }
  const [only] = chunks;
  return chunks.length === 1 && only ? only : Buffer.concat(chunks);
}

/**
 * Reads a request's body as text with a size limit.
 * @throws BodyTooLarge 413, UnsupportedMediaType 415 for a compressed body, MalformedJson 400
 */
export async function readText(request: Request, bytesMax: number): Promise<string> {
  const bytes = await readBytes(request, bytesMax);
  const encoding = request.headers.get('content-encoding');
  if (bytes.byteLength > 0 && encoding && encoding.trim().toLowerCase() !== 'identity') {
    throw new UnsupportedMediaType(`${encoding}, because compression is not supported`);
  }
  try {
    return utf8.decode(bytes);
  } catch {
    throw new MalformedJson('it is not UTF-8');
  }
}

/**
 * Parses untrusted JSON.
 * @throws MalformedJson 400 if it is invalid, ambiguous, or nested too deeply; UnsafeNumber 400 for
 * a number that would lose precision.
 */
export async function parseJson(text: string): Promise<unknown> {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    throw new MalformedJson(error instanceof Error ? error.message : 'it cannot be parsed');
  }
  await assertUnambiguous(text);
  return value;
}

/**
 * Reads a request's body as JSON with a size limit.
 * @returns `undefined` for an empty body, whatever its content type.
 * @throws BodyTooLarge 413, UnsupportedMediaType 415, MalformedJson 400, UnsafeNumber 400
 */
export async function readJsonBody(request: Request, bytesMax: number): Promise<unknown> {
  const text = await readText(request, bytesMax);
  if (text === '') return undefined;
  const contentType = request.headers.get('content-type');
  if (!isJson(contentType)) throw new UnsupportedMediaType(contentType);
  return text.trim() === '' ? undefined : parseJson(text);
}
