import { createHmac, timingSafeEqual } from 'node:crypto';

/**
 * Macaroons with first-party caveats in version 2 of libmacaroons' binary format: bearer tokens
 * that the holder can restrict with further caveats, but not extend.
 * https://github.com/rescrv/libmacaroons/blob/master/doc/format.txt
 */
export interface Macaroon {
  identifier: Buffer;
  /** Restrictions; all must hold. */
  caveats: readonly string[];
}

const VERSION = 2;
const END = 0;
const LOCATION = 1;
const IDENTIFIER = 2;
const VERIFICATION_ID = 4;
const SIGNATURE = 6;
const SIGNATURE_BYTES = 32;
/** Much longer than any of ours; longer ones are rejected. */
const BYTES_MAX = 4_096;

const hmac = (key: string | Uint8Array, data: string | Uint8Array) =>
  createHmac('sha256', key).update(data).digest();

/** A macaroon under a root key, as base64. */
export function mintMacaroon(rootKey: Uint8Array, { identifier, caveats }: Macaroon): string {
  const signature = sign(
    rootKey,
    identifier,
    caveats.map((caveat) => Buffer.from(caveat)),
  );
  return Buffer.concat([
    Buffer.from([VERSION]),
    field(IDENTIFIER, identifier),
    Buffer.from([END]),
    ...caveats.flatMap((caveat) => [field(IDENTIFIER, Buffer.from(caveat)), Buffer.from([END])]),
    Buffer.from([END]),
    field(SIGNATURE, signature),
  ]).toString('base64');
}

/**
 * Verifies and decodes a macaroon of `mintMacaroon`, restricted by its holder or not; null for
 * anything else.
 */
export function verifyMacaroon(rootKey: Uint8Array, text: string): Macaroon | null {
  const parsed = parse(Buffer.from(text, 'base64'));
  if (!parsed) return null;
  const expected = sign(rootKey, parsed.identifier, parsed.caveats);
  if (!timingSafeEqual(expected, parsed.signature)) return null;
  return { identifier: parsed.identifier, caveats: parsed.caveats.map(String) };
}

/** The HMAC chain: each caveat is signed with the previous signature. */
function sign(rootKey: Uint8Array, identifier: Buffer, caveats: readonly Buffer[]): Buffer {
  const key = hmac('macaroons-key-generator', rootKey);
  return caveats.reduce(hmac, hmac(key, identifier));
}

function field(type: number, data: Uint8Array): Buffer {
  return Buffer.concat([varint(type), varint(data.length), data]);
}

function varint(value: number): Buffer {
  const bytes: number[] = [];
  let rest = value;
  for (; rest > 0x7f; rest >>>= 7) bytes.push((rest & 0x7f) | 0x80);
  return Buffer.from([...bytes, rest]);
}

interface Parsed {
  identifier: Buffer;
  caveats: Buffer[];
  signature: Buffer;
}

function parse(bytes: Buffer): Parsed | null {
  if (bytes.length > BYTES_MAX || bytes[0] !== VERSION) return null;
  const reader = { bytes, at: 1 };
  const head = readSection(reader);
  const identifier = head?.get(IDENTIFIER);
  if (!head || !identifier || head.has(VERIFICATION_ID)) return null;
  const caveats: Buffer[] = [];
  for (;;) {
    const section = readSection(reader);
    if (!section) return null;
    if (section.size === 0) break;
    const caveat = section.get(IDENTIFIER);
    // Third-party caveats need a discharge macaroon, which is not supported.
    if (!caveat || section.has(VERIFICATION_ID)) return null;
    caveats.push(caveat);
  }
  const [type, signature] = readField(reader) ?? [];
  const isWhole = type === SIGNATURE && signature?.length === SIGNATURE_BYTES;
  if (!isWhole || reader.at !== bytes.length) return null;
  return { identifier, caveats, signature };
}

interface Reader {
  bytes: Buffer;
  at: number;
}

/** The fields up to the end of a section; null if malformed. */
function readSection(reader: Reader): Map<number, Buffer> | null {
  const fields = new Map<number, Buffer>();
  let last = 0;
  for (;;) {
    if (reader.bytes[reader.at] === END) {
      reader.at += 1;
      return fields;
    }
    const next = readField(reader);
    if (!next) return null;
    const [type, data] = next;
    const isKnown = type === LOCATION || type === IDENTIFIER || type === VERIFICATION_ID;
    if (!isKnown || type <= last) return null;
    fields.set(type, data);
    last = type;
  }
}

function readField(reader: Reader): [number, Buffer] | null {
  const type = readVarint(reader);
  const length = readVarint(reader);
  if (type === null || length === null || reader.at + length > reader.bytes.length) return null;
  const data = reader.bytes.subarray(reader.at, reader.at + length);
  reader.at += length;
  return [type, data];
}

/** At most two bytes, because nothing is longer than `BYTES_MAX`. */
function readVarint(reader: Reader): number | null {
  let value = 0;
  for (let n = 0; n < 2; n++) {
    const byte = reader.bytes[reader.at];
    if (byte === undefined) return null;
    reader.at += 1;
    value |= (byte & 0x7f) << (7 * n);
    if (byte < 0x80) return value;
  }
  return null;
}
