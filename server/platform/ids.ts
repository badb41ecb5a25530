import { randomFillSync } from 'node:crypto';
import { v7 } from 'uuid';
import { clock, type StandingClock, standingClock, wallClock } from './clock';

/** Random bytes are drawn for many ids at a time, since each draw has its price. */
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

/** Milliseconds of real time that are told apart within an instant; they repeat after an hour. */
const REAL_MS = 2 ** 22;
/** Ids of one of those milliseconds. */
const PER_REAL_MS = 2 ** 10;

/** The numbers that ids of an instant are ordered by begin there, as real time goes on. */
export function realSequence(): number {
  return (wallClock.nowMs() % REAL_MS) * PER_REAL_MS;
}

/** The number of the next id in an instant that does not pass. */
function standingSequence(at: StandingClock): number {
  if (at.sequence !== undefined) return at.sequence++;
  const real = realSequence();
  lastStanding = real > lastStanding || lastStanding - real > REAL_MS ? real : lastStanding + 1;
  return lastStanding;
}
let lastStanding = 0;

/**
 * A new UUID v7: sorts by creation time, so it serves as primary key and as page cursor. Ids that
 * one process makes in the same millisecond sort in the order they were made.
 */
export function newId(): string {
  const msecs = clock.nowMs();
  const random = randomBytes();
  const at = standingClock();
  if (at) return v7({ msecs, seq: standingSequence(at), random });
  // A random start in the lower half of the sequence's 32 bits leaves room to count up. It comes
  // from the first four bytes, which the id itself does not use when a sequence is given.
  sequence = msecs === lastMs ? sequence + 1 : new DataView(random.buffer).getUint32(0) >>> 1;
  lastMs = msecs;
  return v7({ msecs, seq: sequence, random });
}

/** The least UUID v7 of an instant, in milliseconds: what was made before it sorts before it. */
export function firstIdAt(msecs: number): string {
  const hex = Math.max(0, msecs).toString(16).padStart(12, '0');
  return `${hex.slice(0, 8)}-${hex.slice(8)}-7000-8000-000000000000`;
}

/** When a UUID v7 was made, in milliseconds since 1970. */
export function timeOfId(id: string): number {
  return Number.parseInt(id.slice(0, 8) + id.slice(9, 13), 16);
}

/** A UUID v7 as one made at another instant looks; unlike `newId`, it promises no order. */
export function newIdAt(msecs: number): string {
  const random = randomBytes();
  return v7({ msecs, seq: new DataView(random.buffer).getUint32(0) >>> 1, random });
}

/** A new id with a prefix that names its kind, such as `evt_0198…` (the hyphens are left out). */
export function newPrefixedId(prefix: string): string {
  return `${prefix}_${newId().replaceAll('-', '')}`;
}

const uuidPattern = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;

/** True where `value` has the form of a UUID; anything else can be answered 404 without a read. */
export function isUuid(value: string): boolean {
  return uuidPattern.test(value);
}

/** The lowest UUID v7 of an instant, to read a span of time by primary key. */
export function lowestIdAt(ms: number): string {
  const hex = Math.max(0, Math.floor(ms)).toString(16).padStart(12, '0');
  return `${hex.slice(0, 8)}-${hex.slice(8)}-7000-8000-000000000000`;
}
