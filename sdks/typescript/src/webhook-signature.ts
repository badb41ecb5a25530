import { hmac } from '@noble/hashes/hmac.js';
import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex, concatBytes, utf8ToBytes } from '@noble/hashes/utils.js';
import { equalInConstantTime } from './constant-time.js';

/** The raw body of a request, as it arrived: never the parsed JSON. */
export type RawBody = string | Uint8Array | ArrayBuffer;

/** A header as provided by Node or web servers. */
export type HeaderValue = string | readonly string[] | null | undefined;

export interface VerifyWebhookSignatureInput {
  /** The raw body. In Express, `req.body` behind `express.raw({ type: 'application/json' })`. */
  payload: RawBody;
  /** The `X-HumanRail-Signature` header. */
  signature: HeaderValue;
  /** The endpoint's secret (`whsec_…`); several while you rotate. Nothing verifies without one. */
  secret: string | readonly string[] | null | undefined;
  /** Maximum difference between the timestamp and now, in seconds; default 300. */
  toleranceSeconds?: number;
  /** The current time, in milliseconds since 1970. Defaults to the machine's clock. */
  nowMs?: number;
}

export interface VerifyStandardWebhookInput {
  /** The raw body. */
  payload: RawBody;
  /** The request's headers; `webhook-id`, `webhook-timestamp` and `webhook-signature` are read. */
  headers: Headers | Readonly<Record<string, HeaderValue>>;
  /** The endpoint's secret (`whsec_…`); several while you rotate. */
  secret: string | readonly string[] | null | undefined;
  /** Maximum difference between the timestamp and now, in seconds; default 300. */
  toleranceSeconds?: number;
  /** The current time, in milliseconds since 1970. Defaults to the machine's clock. */
  nowMs?: number;
}

const DEFAULT_TOLERANCE_SECONDS = 300;

/**
 * True if the body was signed with the secret, at a time close to now. Never throws: anything
 * missing or malformed makes it false, so that a handler needs only one `if`.
 */
export function verifyWebhookSignature(input: VerifyWebhookSignatureInput): boolean {
  const body = bytesOf(input.payload);
  const parsed = parseSignature(singleValue(input.signature));
  if (!body || !parsed || !isFresh(parsed.timestamp, input)) return false;
  const signed = concatBytes(utf8ToBytes(`${parsed.timestamp}.`), body);
  const claimed = utf8ToBytes(parsed.digest);
  return secretsOf(input.secret).some((secret) =>
    equalInConstantTime(
      utf8ToBytes(bytesToHex(hmac(sha256, utf8ToBytes(secret), signed))),
      claimed,
    ),
  );
}

/**
 * Verifies by the Standard Webhooks headers instead.
 * True if any of the signatures in the header fits any of the secrets. Never throws.
 */
export function verifyStandardWebhook(input: VerifyStandardWebhookInput): boolean {
  const body = bytesOf(input.payload);
  const id = headerOf(input.headers, 'webhook-id');
  const timestamp = headerOf(input.headers, 'webhook-timestamp');
  const signatures = headerOf(input.headers, 'webhook-signature');
  if (!body || !id || !timestamp || !signatures || !isFresh(timestamp, input)) return false;
  const signed = concatBytes(utf8ToBytes(`${id}.${timestamp}.`), body);
  const claimed = signatures
    .split(' ')
    .filter((signature) => signature.startsWith('v1,'))
    .map((signature) => decodeBase64(signature.slice(3)));
  return secretsOf(input.secret).some((secret) => {
    const key = decodeBase64(secret.replace(/^whsec_/, ''));
    if (!key) return false;
    const expected = hmac(sha256, key, signed);
    return claimed.some((digest) => digest !== undefined && equalInConstantTime(expected, digest));
  });
}

interface ParsedSignature {
  /** As received: it is part of the signed text. */
  timestamp: string;
  digest: string;
}

/** Reads `t=<unix>,v1=<hex>`; ignores other elements, for forward compatibility. */
function parseSignature(header: string | undefined): ParsedSignature | undefined {
  if (!header) return undefined;
  const elements = header.split(',').map((element) => /^([a-z][a-z0-9]*)=(\S+)$/.exec(element));
  if (elements.includes(null)) return undefined;
  const valuesOf = (name: string) =>
    elements.flatMap((match) => (match?.[1] === name ? [match[2] as string] : []));
  const [timestamp, ...moreTimestamps] = valuesOf('t');
  const [digest, ...moreDigests] = valuesOf('v1');
  // Rejects duplicates, because parsers may use either the first or the last.
  if (moreTimestamps.length > 0 || moreDigests.length > 0) return undefined;
  if (!timestamp || !digest || !/^[0-9a-f]{64}$/.test(digest)) return undefined;
  return { timestamp, digest };
}

function isFresh(
  timestamp: string,
  {
    toleranceSeconds = DEFAULT_TOLERANCE_SECONDS,
    nowMs = Date.now(),
  }: {
    toleranceSeconds?: number;
    nowMs?: number;
  },
): boolean {
  if (!/^\d{1,12}$/.test(timestamp)) return false;
  return Math.abs(Math.floor(nowMs / 1000) - Number(timestamp)) <= toleranceSeconds;
}

function secretsOf(secret: string | readonly string[] | null | undefined): string[] {
  const all: readonly unknown[] = Array.isArray(secret) ? secret : [secret];
  return all.filter((one): one is string => typeof one === 'string' && one.length > 0);
}

function bytesOf(payload: unknown): Uint8Array | undefined {
  if (typeof payload === 'string') return utf8ToBytes(payload);
  if (payload instanceof ArrayBuffer) return new Uint8Array(payload);
  if (ArrayBuffer.isView(payload)) {
    return new Uint8Array(payload.buffer, payload.byteOffset, payload.byteLength);
  }
  return undefined;
}

function singleValue(value: unknown): string | undefined {
  if (Array.isArray(value)) return value.length === 1 ? singleValue(value[0]) : undefined;
  return typeof value === 'string' ? value : undefined;
}

function headerOf(
  headers: VerifyStandardWebhookInput['headers'] | null | undefined,
  name: string,
): string | undefined {
  if (typeof headers !== 'object' || headers === null) return undefined;
  if (typeof Headers !== 'undefined' && headers instanceof Headers) {
    return headers.get(name) ?? undefined;
  }
  const found = Object.entries(headers).filter(([key]) => key.toLowerCase() === name);
  return found.length === 1 ? singleValue(found[0]?.[1]) : undefined;
}

function decodeBase64(text: string): Uint8Array | undefined {
  if (!/^[A-Za-z0-9+/]+={0,2}$/.test(text)) return undefined;
  try {
    return Uint8Array.from(atob(text), (character) => character.charCodeAt(0));
  } catch {
    return undefined;
  }
}
