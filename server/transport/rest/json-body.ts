import { AppError, InvalidRequest } from '@/server/platform/errors';

/** How deep a body may nest; deeper ones are made to exhaust whoever walks through them. */
const DEPTH_MAX = 256;

/** 413: the body is larger than this call takes. */
export class BodyTooLarge extends AppError {
  static readonly status = 413;
  static readonly code = 'body_too_large';
  constructor(bytesMax: number) {
    super(
      413,
      'validation_error',
      'body_too_large',
      `The body is larger than the ${bytesMax} bytes this call takes.`,
      { details: { bytes_max: bytesMax } },
    );
  }
}

/** 415: a body came that does not say it is JSON. */
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

/** 400: the body is not JSON, or is JSON that says two things at once. */
export class MalformedJson extends InvalidRequest {
  constructor(reason: string) {
    super(`The body is not usable JSON: ${reason}.`, { code: 'malformed_json' });
  }
}

async function readBytes(request: Request, bytesMax: number): Promise<Uint8Array> {
  const declared = Number(request.headers.get('content-length') ?? Number.NaN);
  if (declared > bytesMax) throw new BodyTooLarge(bytesMax);
  if (!request.body) return new Uint8Array();
  // The server does not hand on more than was declared, so there is nothing to count.
  if (declared >= 0) return new Uint8Array(await request.arrayBuffer());
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  const reader = request.body.getReader();
  for (let part = await reader.read(); !part.done; part = await reader.read()) {
    bytes += part.value.byteLength;
    if (bytes > bytesMax) {
      // The rest is not wanted; whether the caller hears of it is not our concern.
      reader.cancel().catch(() => undefined);
      throw new BodyTooLarge(bytesMax);
    }
    chunks.push(part.value);
  }
  const [only] = chunks;
  return chunks.length === 1 && only ? only : Buffer.concat(chunks);
}

/** Index of the quote that ends the string which begins at `start`. */
function endOfString(text: string, start: number): number {
  let end = text.indexOf('"', start + 1);
  for (;;) {
    let backslashes = 0;
    while (text[end - 1 - backslashes] === '\\') backslashes++;
    if (backslashes % 2 === 0) return end;
    end = text.indexOf('"', end + 1);
  }
}

const QUOTE = 34;
const COLON = 58;
const OPEN = new Set([91, 123]);
const CLOSE = new Set([93, 125]);

/**
 * Refuses what `JSON.parse` lets pass: a key that stands twice in one object (which of the two is
 * meant?), a key called `__proto__`, and nesting without end.
 * @param text well-formed JSON.
 */
function assertUnambiguous(text: string): void {
  const keysByLevel: Set<string>[] = [];
  let lastString = '';
  for (let i = 0; i < text.length; i++) {
    const char = text.charCodeAt(i);
    if (char === QUOTE) {
      const end = endOfString(text, i);
      lastString = text.slice(i, end + 1);
      i = end;
    } else if (char === COLON) {
      addKey(keysByLevel.at(-1), lastString);
    } else if (OPEN.has(char)) {
      if (keysByLevel.length >= DEPTH_MAX) {
        throw new MalformedJson(`it nests more than ${DEPTH_MAX} levels deep`);
      }
      keysByLevel.push(new Set());
    } else if (CLOSE.has(char)) {
      keysByLevel.pop();
    }
  }
}

function addKey(keys: Set<string> | undefined, quoted: string): void {
  const key = quoted.includes('\\') ? (JSON.parse(quoted) as string) : quoted.slice(1, -1);
  if (key === '__proto__') throw new MalformedJson('a key may not be called "__proto__"');
  if (keys?.has(key)) throw new MalformedJson(`the key ${quoted.slice(0, 100)} stands twice`);
  keys?.add(key);
}

/**
 * Reads a request's body as text, counting bytes as they come.
 * @throws BodyTooLarge 413, UnsupportedMediaType 415 for a compressed body, MalformedJson 400
 */
export async function readText(request: Request, bytesMax: number): Promise<string> {
  const bytes = await readBytes(request, bytesMax);
  const encoding = request.headers.get('content-encoding');
  if (bytes.byteLength > 0 && encoding && encoding.trim().toLowerCase() !== 'identity') {
    throw new UnsupportedMediaType(`${encoding}, which is a compressed form`);
  }
  try {
    return utf8.decode(bytes);
  } catch {
    throw new MalformedJson('it is not UTF-8');
  }
}

const utf8 = new TextDecoder('utf-8', { fatal: true });

function isJson(contentType: string | null): boolean {
  return contentType?.split(';')[0]?.trim().toLowerCase() === 'application/json';
}

/**
 * Parses JSON that strangers sent.
 * @throws MalformedJson 400 where it does not parse, says two things at once, or nests too deep.
 */
export function parseJson(text: string): unknown {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    throw new MalformedJson(error instanceof Error ? error.message : 'it does not parse');
  }
  assertUnambiguous(text);
  return value;
}

/**
 * Reads a request's body as JSON, counting bytes as they come.
 * @returns `undefined` for an empty body, whatever its type says.
 * @throws BodyTooLarge 413, UnsupportedMediaType 415, MalformedJson 400
 */
export async function readJsonBody(request: Request, bytesMax: number): Promise<unknown> {
  const text = await readText(request, bytesMax);
  if (text === '') return undefined;
  const contentType = request.headers.get('content-type');
  if (!isJson(contentType)) throw new UnsupportedMediaType(contentType);
  return text.trim() === '' ? undefined : parseJson(text);
}
