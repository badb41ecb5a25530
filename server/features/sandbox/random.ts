import { createHash } from 'node:crypto';

/** A deterministic stream of numbers in [0, 1). */
export type Random = () => number;

/** Seeds a stream from words, with SHA-256 and mulberry32. */
export function randomFrom(...seed: readonly (string | number)[]): Random {
  let state = createHash('sha256').update(seed.join('\u0000')).digest().readUInt32LE(0);
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** One of `items`, which must not be empty. */
export function pick<T>(random: Random, items: readonly T[]): T {
  const item = items[Math.floor(random() * items.length)];
  if (item === undefined) throw new Error('There is nothing to pick from.');
  return item;
}
