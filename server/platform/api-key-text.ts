import type { Mode } from './actor';
import { randomBase62, sha256Hex, toBase62 } from './crypto';
import { LruCache } from './lru-cache';

const RANDOM_CHARS = 32;
const CHECKSUM_CHARS = 6;

/**
 * The format of an API key, for secret scanners: prefix, 32 random characters, 6 checksum
 * characters.
 */
export const API_KEY_PATTERN = /^ek_(live|test)_([0-9A-Za-z]{32})([0-9A-Za-z]{6})$/;

export interface ApiKeyText {
  text: string;
  mode: Mode;
  /** SHA-256 of the whole text, hex: stored and used for look-ups. */
  hash: string;
  lastFour: string;
}

/** The last 6 base-62 digits of the SHA-256 of everything before the checksum. */
function checksumOf(body: string): string {
  return toBase62(BigInt(`0x${sha256Hex(body)}`), CHECKSUM_CHARS);
}

function keyText(text: string, mode: Mode): ApiKeyText {
  return { text, mode, hash: sha256Hex(text), lastFour: text.slice(-4) };
}

/** A new key of 190 random bits. The text is shown once; only `hash` and `lastFour` are stored. */
export function newApiKeyText(mode: Mode): ApiKeyText {
  const body = `ek_${mode}_${randomBase62(RANDOM_CHARS)}`;
  return keyText(body + checksumOf(body), mode);
}

/** Recently used keys, because hashing one costs as much as much of its request. */
const parsed = new LruCache<ApiKeyText>(1_000);

/**
 * Parses a key from a request; null if it cannot be valid, such as a typo, without a database read.
 */
export function parseApiKeyText(text: string): ApiKeyText | null {
  const known = parsed.get(text);
  if (known) return known;
  const match = API_KEY_PATTERN.exec(text);
  if (!match) return null;
  const checksum = text.slice(-CHECKSUM_CHARS);
  // The checksum is not secret, so a plain comparison reveals nothing.
  if (checksum !== checksumOf(text.slice(0, -CHECKSUM_CHARS))) return null;
  const key = keyText(text, match[1] === 'live' ? 'live' : 'test');
  parsed.set(text, key);
  return key;
}
