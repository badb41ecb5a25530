import {
  createCipheriv,
  createDecipheriv,
  createHash,
  createHmac,
  hkdfSync,
  randomBytes,
  randomInt,
  timingSafeEqual,
} from 'node:crypto';
import { hash, verify } from '@node-rs/argon2';
import canonicalize from 'canonicalize';
import { env } from './env';
import { takeTurns } from './turns';

/** SHA-256 as 64 lowercase hex digits. */
export function sha256Hex(data: string | Uint8Array): string {
  return createHash('sha256').update(data).digest('hex');
}

/** HMAC-SHA256 as 64 lowercase hex digits. */
export function hmacSha256Hex(key: string | Uint8Array, data: string | Uint8Array): string {
  return createHmac('sha256', key).update(data).digest('hex');
}

/** Compares two texts in constant time. */
export function timingSafeEqualText(a: string, b: string): boolean {
  const digest = (text: string) => createHash('sha256').update(text).digest();
  return timingSafeEqual(digest(a), digest(b));
}

const BASE62 = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';
/** The largest multiple of 62 in a byte; larger bytes would bias the result. */
const UNBIASED_BYTE_MAX = 248;

/** `length` random characters of `[0-9A-Za-z]`, uniformly distributed. */
export function randomBase62(length: number): string {
  let text = '';
  while (text.length < length) {
    for (const byte of randomBytes(length - text.length + 8)) {
      if (byte < UNBIASED_BYTE_MAX && text.length < length) text += BASE62[byte % 62];
    }
  }
  return text;
}

/** `length` random decimal digits, at most 14, uniformly distributed. */
export function randomDigits(length: number): string {
  return String(randomInt(10 ** length)).padStart(length, '0');
}

/** Encodes a number in base 62, padded or truncated to its last `length` digits. */
export function toBase62(value: bigint, length: number): string {
  let text = '';
  for (let rest = value; text.length < length; rest /= 62n) {
    text = BASE62[Number(rest % 62n)] + text;
  }
  return text;
}

const ENCRYPTED_PREFIX = 'v1.';
const NONCE_BYTES = 12;
const TAG_BYTES = 16;

const derivedKeys = new Map<string, Buffer>();

/** A purpose-specific key derived from `APP_SECRET`. */
export function derivedKey(purpose: string): Buffer {
  const known = derivedKeys.get(purpose);
  if (known) return known;
  const key = Buffer.from(
    hkdfSync('sha256', env.APP_SECRET, 'humanrail', `humanrail:${purpose}`, 32),
  );
  derivedKeys.set(purpose, key);
  return key;
}

/**
 * Encrypts a secret at rest: AES-256-GCM under a key from `APP_SECRET`.
 * @param context the secret's owner, such as `endpoint:0198…`; a ciphertext copied to another row
 * does not decrypt there.
 * @returns `v1.` and base64url of nonce, ciphertext and tag.
 */
export function encrypt(plaintext: string, context: string): string {
  const nonce = randomBytes(NONCE_BYTES);
  const cipher = createCipheriv('aes-256-gcm', derivedKey('encryption:v1'), nonce);
  cipher.setAAD(Buffer.from(context));
  const sealed = Buffer.concat([cipher.update(plaintext, 'utf8'), cipher.final()]);
  return (
    ENCRYPTED_PREFIX + Buffer.concat([nonce, sealed, cipher.getAuthTag()]).toString('base64url')
  );
}

/** Decryption failed: another `APP_SECRET`, another context, or corrupt data. */
export class DecryptionFailed extends Error {
  constructor(context: string, cause?: unknown) {
    super(
      `A secret (${context}) cannot be decrypted. If APP_SECRET was changed, restore the previous value, or set the secret again.`,
      { cause },
    );
    this.name = 'DecryptionFailed';
  }
}

/**
 * Decrypts the result of `encrypt` for the same context.
 * @throws DecryptionFailed if key, context or bytes differ.
 */
export function decrypt(encrypted: string, context: string): string {
  const bytes = Buffer.from(encrypted.slice(ENCRYPTED_PREFIX.length), 'base64url');
  if (!encrypted.startsWith(ENCRYPTED_PREFIX) || bytes.length < NONCE_BYTES + TAG_BYTES) {
    throw new DecryptionFailed(context);
  }
  try {
    const nonce = bytes.subarray(0, NONCE_BYTES);
    const decipher = createDecipheriv('aes-256-gcm', derivedKey('encryption:v1'), nonce, {
      authTagLength: TAG_BYTES,
    });
    decipher.setAAD(Buffer.from(context));
    decipher.setAuthTag(bytes.subarray(bytes.length - TAG_BYTES));
    const sealed = bytes.subarray(NONCE_BYTES, bytes.length - TAG_BYTES);
    return Buffer.concat([decipher.update(sealed), decipher.final()]).toString('utf8');
  } catch (error) {
    throw new DecryptionFailed(context, error);
  }
}

/**
 * The value of `X-HumanRail-Signature`: `t=<unix seconds>,v1=<hex HMAC-SHA256 of "t.body">`, keyed
 * with the whole secret text.
 */
export function signWebhook(input: { secret: string; timestamp: number; body: string }): string {
  const { secret, timestamp, body } = input;
  return `t=${timestamp},v1=${hmacSha256Hex(secret, `${timestamp}.${body}`)}`;
}

/** JSON with sorted keys and no spaces (RFC 8785), identical for equal values. */
export function canonicalJson(value: unknown): string {
  const text = canonicalize(value);
  if (text === undefined) throw new TypeError('The value cannot be written as JSON.');
  return text;
}

/** SHA-256, hex, of a value's canonical JSON. */
export function hashJson(value: unknown): string {
  return sha256Hex(canonicalJson(value));
}

/** Below this depth, a value is serialized at once; large lists are not nested deeper. */
const SPLIT_DEPTH = 16;
/** Hashing many short texts individually costs more than serializing them. */
const HASHED_CHARS_MIN = 16 * 1024;

/** `hashJson` for values of many megabytes: yields to the event loop between parts. */
export async function hashJsonInTurns(value: unknown): Promise<string> {
  const digest = createHash('sha256');
  const turn = takeTurns();
  let text = '';
  for (const piece of canonicalPieces(value, SPLIT_DEPTH)) {
    text += piece;
    if (text.length < HASHED_CHARS_MIN) continue;
    digest.update(text);
    text = '';
    await turn();
  }
  return digest.update(text).digest('hex');
}

/** Canonical JSON, split within the first `depth` levels. */
function* canonicalPieces(value: unknown, depth: number): Generator<string> {
  if (depth === 0 || typeof value !== 'object' || value === null) {
    yield canonicalJson(value);
  } else if (Array.isArray(value)) {
    for (const [i, item] of value.entries()) {
      yield i === 0 ? '[' : ',';
      yield* canonicalPieces(item ?? null, depth - 1);
    }
    yield value.length === 0 ? '[]' : ']';
  } else {
    const entries = Object.entries(value).filter(([, part]) => part !== undefined);
    entries.sort(([a], [b]) => (a < b ? -1 : 1));
    for (const [i, [key, part]] of entries.entries()) {
      yield `${i === 0 ? '{' : ','}${JSON.stringify(key)}:`;
      yield* canonicalPieces(part, depth - 1);
    }
    yield entries.length === 0 ? '{}' : '}';
  }
}

/** OWASP's parameters for argon2id: 19 MiB, two passes, one lane. */
const ARGON2ID = { memoryCost: 19_456, timeCost: 2, parallelism: 1 } as const;

/** Hashes a password with argon2id, including salt and parameters. */
export function hashPassword(password: string): Promise<string> {
  return hash(password, ARGON2ID);
}

/** Verifies a password against its hash; false for a corrupt hash too. */
export async function verifyPassword(passwordHash: string, password: string): Promise<boolean> {
  try {
    return await verify(passwordHash, password);
  } catch {
    return false;
  }
}
