import { createHash } from 'node:crypto';
import { monotonicFactory } from 'ulid';

const alphabet = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';

/** A ULID from this time and these 10 bytes. */
export function encodeUlid(timeMs: number, entropy: Uint8Array): string {
  let time = '';
  for (let rest = timeMs, i = 0; i < 10; i += 1) {
    time = alphabet.charAt(rest % 32) + time;
    rest = Math.floor(rest / 32);
  }
  let tail = '';
  let bits = 0;
  let value = 0;
  for (const byte of entropy) {
    value = (value << 8) | byte;
    bits += 8;
    while (bits >= 5) {
      bits -= 5;
      tail += alphabet.charAt((value >>> bits) & 31);
      value &= (1 << bits) - 1;
    }
  }
  return time + tail;
}

const monotonic = monotonicFactory();

/** A new ULID at `timeMs`; monotonic within this process. */
export function newUlid(timeMs: number): string {
  return monotonic(timeMs);
}

/** Sent by an SDK with a request, so that a retry creates the same ids. */
export interface IdSeed {
  timeMs: number;
  entropy: Buffer;
}

/**
 * Parses the `x-inngest-event-id-seed` header, `<ms>,<base64 of 10 bytes>`; undefined if unusable.
 */
export function parseIdSeed(header: string | undefined): IdSeed | undefined {
  const match = /^(\d{1,15}),([A-Za-z0-9+/]{14}(?:==)?)$/.exec(header ?? '');
  if (!match) return undefined;
  const entropy = Buffer.from(match[2] ?? '', 'base64');
  if (entropy.length !== 10) return undefined;
  return { timeMs: Number(match[1]), entropy };
}

/** The id of the `index`th event of a request (from 0): bytes 6 to 9 are increased by index + 1. */
export function seededUlid(seed: IdSeed, index: number): string {
  const entropy = Buffer.from(seed.entropy);
  entropy.writeUInt32BE((entropy.readUInt32BE(6) + index + 1) >>> 0, 6);
  return encodeUlid(seed.timeMs, entropy);
}

/** A stable UUID for a name: formatted as version 5, from SHA-1. */
export function uuidOf(name: string): string {
  const hash = createHash('sha1').update(name).digest();
  hash.writeUInt8((hash.readUInt8(6) & 0x0f) | 0x50, 6);
  hash.writeUInt8((hash.readUInt8(8) & 0x3f) | 0x80, 8);
  return asUuid(hash);
}

/**
 * A compact substitute for a long key stored in millions: the first 16 bytes of its SHA-256, as a
 * UUID.
 */
export function denseKey(text: string): string {
  return asUuid(createHash('sha256').update(text).digest());
}

function asUuid(hash: Buffer): string {
  const hex = hash.toString('hex').slice(0, 32);
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
}

/** Sixteen hex characters that replace a longer text in a key. */
export function shortHash(text: string): string {
  return createHash('sha1').update(text).digest('hex').slice(0, 16);
}
