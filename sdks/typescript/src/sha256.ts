/**
 * SHA-256 and HMAC, synchronous and without dependencies: WebCrypto only answers with promises, and
 * `node:crypto` is absent from browsers. Where the runtime has `node:crypto`, that one does the work.
 */

type Bytes = Uint8Array;

interface NativeHmac {
  update(data: Bytes): NativeHmac;
  digest(): Bytes;
}

interface NativeCrypto {
  createHmac(algorithm: string, key: Bytes): NativeHmac;
}

const primes = firstPrimes(64);
const roundConstants = Uint32Array.from(primes, (prime) => fraction(Math.cbrt(prime)));
const initialState = Uint32Array.from(primes.slice(0, 8), (prime) => fraction(Math.sqrt(prime)));

function firstPrimes(count: number): number[] {
  const found: number[] = [];
  for (let candidate = 2; found.length < count; candidate += 1) {
    if (found.every((prime) => candidate % prime !== 0)) found.push(candidate);
  }
  return found;
}

/** The first 32 bits of a number's fractional part. */
function fraction(value: number): number {
  return ((value - Math.floor(value)) * 2 ** 32) >>> 0;
}

/** The UTF-8 bytes of a text. */
export function utf8(text: string): Bytes {
  return new TextEncoder().encode(text);
}

/** Lower-case hex digits. */
export function toHex(bytes: Bytes): string {
  let hex = '';
  for (const byte of bytes) hex += byte.toString(16).padStart(2, '0');
  return hex;
}

/** One run of bytes from several. */
export function concatBytes(...parts: Bytes[]): Bytes {
  const joined = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let offset = 0;
  for (const part of parts) {
    joined.set(part, offset);
    offset += part.length;
  }
  return joined;
}

/** SHA-256 (FIPS 180-4), 32 bytes. */
export function sha256(message: Bytes): Bytes {
  const padded = new Uint8Array(((message.length + 72) >> 6) << 6);
  padded.set(message);
  padded[message.length] = 0x80;
  const view = new DataView(padded.buffer);
  view.setUint32(padded.length - 8, Math.floor(message.length / 2 ** 29));
  view.setUint32(padded.length - 4, (message.length << 3) >>> 0);

  const state = Uint32Array.from(initialState);
  const schedule = new Uint32Array(64);
  for (let offset = 0; offset < padded.length; offset += 64) {
    fillSchedule(schedule, view, offset);
    compress(state, schedule);
  }

  const digest = new DataView(new ArrayBuffer(32));
  state.forEach((word, index) => {
    digest.setUint32(index * 4, word);
  });
  return new Uint8Array(digest.buffer);
}

const rotate = (word: number, by: number): number => (word >>> by) | (word << (32 - by));

function fillSchedule(schedule: Uint32Array, block: DataView, offset: number): void {
  const at = (index: number): number => schedule[index] as number;
  for (let i = 0; i < 16; i += 1) schedule[i] = block.getUint32(offset + i * 4);
  for (let i = 16; i < 64; i += 1) {
    const early = at(i - 15);
    const late = at(i - 2);
    const s0 = rotate(early, 7) ^ rotate(early, 18) ^ (early >>> 3);
    const s1 = rotate(late, 17) ^ rotate(late, 19) ^ (late >>> 10);
    schedule[i] = at(i - 16) + s0 + at(i - 7) + s1;
  }
}

function compress(state: Uint32Array, schedule: Uint32Array): void {
  let [a, b, c, d, e, f, g, h] = state as unknown as [
    number,
    number,
    number,
    number,
    number,
    number,
    number,
    number,
  ];
  for (let i = 0; i < 64; i += 1) {
    const s1 = rotate(e, 6) ^ rotate(e, 11) ^ rotate(e, 25);
    const choice = (e & f) ^ (~e & g);
    const t1 = (h + s1 + choice + (roundConstants[i] as number) + (schedule[i] as number)) | 0;
    const s0 = rotate(a, 2) ^ rotate(a, 13) ^ rotate(a, 22);
    const majority = (a & b) ^ (a & c) ^ (b & c);
    h = g;
    g = f;
    f = e;
    e = (d + t1) | 0;
    d = c;
    c = b;
    b = a;
    a = (t1 + s0 + majority) | 0;
  }
  [a, b, c, d, e, f, g, h].forEach((word, index) => {
    state[index] = (state[index] as number) + word;
  });
}

/** HMAC-SHA256 (RFC 2104) in this file's own code, 32 bytes. */
export function portableHmacSha256(key: Bytes, message: Bytes): Bytes {
  const block = new Uint8Array(64);
  block.set(key.length > 64 ? sha256(key) : key);
  const inner = block.map((byte) => byte ^ 0x36);
  const outer = block.map((byte) => byte ^ 0x5c);
  return sha256(concatBytes(outer, sha256(concatBytes(inner, message))));
}

/** HMAC-SHA256 (RFC 2104), 32 bytes: by `node:crypto` where it exists, else by our own code. */
export function hmacSha256(key: Bytes, message: Bytes): Bytes {
  const native = nativeCrypto();
  if (!native) return portableHmacSha256(key, message);
  return new Uint8Array(native.createHmac('sha256', key).update(message).digest());
}

function nativeCrypto(): NativeCrypto | undefined {
  // Asking the process, not an import, keeps bundlers from looking for node:crypto.
  const runtime = (globalThis as { process?: { getBuiltinModule?: (id: string) => unknown } })
    .process;
  return runtime?.getBuiltinModule?.('node:crypto') as NativeCrypto | undefined;
}

/** Compares in a time that depends on the lengths only, not on where the bytes differ. */
export function equalInConstantTime(left: Bytes, right: Bytes): boolean {
  if (left.length !== right.length) return false;
  let difference = 0;
  left.forEach((byte, index) => {
    difference |= byte ^ (right[index] as number);
  });
  return difference === 0;
}
