import { randomFillSync } from 'node:crypto';
import { v7 } from 'uuid';
import { clock, type StandingClock, standingClock, wallClock } from './clock';

/** Random bytes are drawn in batches, because each draw is expensive. */
const RANDOM_BYTES = 16;
const pool = new Uint8Array(RANDOM_BYTES * 256);
let poolOffset = pool.length;

function randomBytes(): Uint8Array {
  if (poolOffset === pool.length) {
    randomFillSync(pool);
    poolOffset = 0;
  }
  poolOffset += RANDOM_BYTES;
  return pool.slice(poolOffset - RANDOM_BYTES, poolOffset);
}

let lastMs = Number.NaN;
let sequence = 0;

/** Milliseconds of real time distinguished within an instant; wraps after an hour. */
const REAL_MS = 2 ** 22;
/** IDs per such millisecond. */
const PER_REAL_MS = 2 ** 10;

/** The first sequence number of an instant's IDs at the current real time. */
export function realSequence(): number {
  return (wallClock.nowMs() % REAL_MS) * PER_REAL_MS;
}

/** The next ID's sequence number within a stopped instant. */
function standingSequence(at: StandingClock): number {
  if (at.sequence !== undefined) return at.sequence++;
  const real = realSequence();
  lastStanding = real > lastStanding || lastStanding - real > REAL_MS ? real : lastStanding + 1;
  return lastStanding;
}
let lastStanding = 0;

/**
 * A new UUID v7: sorts by creation time, so it serves as primary key and page cursor. IDs created
 * by one process in the same millisecond sort in creation order.
 */
export function newId(): string {
  const msecs = clock.nowMs();
  const random = randomBytes();
  const at = standingClock();
  if (at) return v7({ msecs, seq: standingSequence(at), random });
  // A random start in the lower half of the 32-bit sequence leaves room to count up. It uses the
  // first four random bytes, which the ID does not use if a sequence is given.
  sequence = msecs === lastMs ? sequence + 1 : new DataView(random.buffer).getUint32(0) >>> 1;
  lastMs = msecs;
  return v7({ msecs, seq: sequence, random });
}

/** The lowest UUID v7 of an instant in milliseconds: earlier IDs sort before it. */
export function firstIdAt(msecs: number): string {
  const hex = Math.max(0, msecs).toString(16).padStart(12, '0');
  return `${hex.slice(0, 8)}-${hex.slice(8)}-7000-8000-000000000000`;
}

/** The creation time of a UUID v7, in milliseconds since 1970. */
export function timeOfId(id: string): number {
  return Number.parseInt(id.slice(0, 8) + id.slice(9, 13), 16);
}

/** A UUID v7 for another instant; unlike `newId`, without a guaranteed order. */
export function newIdAt(msecs: number): string {
  const random = randomBytes();
  return v7({ msecs, seq: new DataView(random.buffer).getUint32(0) >>> 1, random });
}

/** A new ID with a prefix for its kind, such as `evt_0198…` (without hyphens). */
export function newPrefixedId(prefix: string): string {
  return `${prefix}_${newId().replaceAll('-', '')}`;
}

const uuidPattern = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;

/**
 * Whether `value` has the format of a UUID; anything else can be answered with 404 without a read.
 */
export function isUuid(value: string): boolean {
  return uuidPattern.test(value);
}

/** The lowest UUID v7 of an instant, to read a time range by primary key. */
export function lowestIdAt(ms: number): string {
  const hex = Math.max(0, Math.floor(ms)).toString(16).padStart(12, '0');
  return `${hex.slice(0, 8)}-${hex.slice(8)}-7000-8000-000000000000`;
}
