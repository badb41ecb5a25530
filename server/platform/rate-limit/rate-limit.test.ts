import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { useClock } from '../clock';
import { createLimiter, type RateLimit, type TakeTokens } from './index';

let nowMs = 1_700_000_000_000;
let restoreClock: () => void;
beforeEach(() => {
  restoreClock = useClock({ nowMs: () => nowMs });
});
afterEach(() => restoreClock());

/** A bucket as Postgres keeps it, for one key. */
function bucket() {
  let tokens: number | null = null;
  let updatedMs = 0;
  const calls: number[] = [];
  const take: TakeTokens = async (_key, wanted, { limit, windowSeconds }) => {
    calls.push(wanted);
    const elapsed = (nowMs - updatedMs) / 1000;
    const filled = Math.min(limit, (tokens ?? limit) + elapsed * (limit / windowSeconds));
    const granted = Math.min(wanted, Math.floor(filled));
    tokens = filled - granted;
    updatedMs = nowMs;
    return { granted, left: tokens };
  };
  return { take, calls };
}

async function countAllowed(times: number, call: () => Promise<{ allowed: boolean }>) {
  const states = await Promise.all(Array.from({ length: times }, call));
  return states.filter((state) => state.allowed).length;
}

describe('the limiter', () => {
  const small: RateLimit = { limit: 5, windowSeconds: 60 };

  it('allows exactly the limit, then says when to come back', async () => {
    const consume = createLimiter(bucket().take);
    const remaining: number[] = [];
    for (let i = 0; i < 5; i++) remaining.push((await consume('k', small)).remaining);
    expect(remaining).toEqual([4, 3, 2, 1, 0]);
    expect(await consume('k', small)).toEqual({
      allowed: false,
      limit: 5,
      remaining: 0,
      resetSeconds: 60,
      retryAfterSeconds: 12,
    });
    nowMs += 12_000;
    expect((await consume('k', small)).allowed).toBe(true);
    expect((await consume('k', small)).allowed).toBe(false);
  });

  it('allows no more than the limit to many at once, in several processes', async () => {
    const limit = { limit: 1_000, windowSeconds: 60 };
    const shared = bucket();
    const processes = [createLimiter(shared.take), createLimiter(shared.take)];
    const allowed = await Promise.all(
      processes.map((consume) => countAllowed(2_000, () => consume('k', limit))),
    );
    const total = allowed.reduce((a, b) => a + b, 0);
    expect(total).toBeLessThanOrEqual(1_000);
    expect(total).toBeGreaterThan(950);
  });

  it('asks the store once for many requests, and not at all while the bucket is empty', async () => {
    const limit = { limit: 6_000, windowSeconds: 60 };
    const shared = bucket();
    const consume = createLimiter(shared.take);
    expect(await countAllowed(600, () => consume('k', limit))).toBe(600);
    expect(shared.calls.length).toBeLessThanOrEqual(8);
    const one = bucket();
    const strict = createLimiter(one.take);
    await countAllowed(100, () => strict('k', small));
    expect(one.calls.length).toBeLessThanOrEqual(7);
  });

  it('forgets unused tokens of a lease, so that idling earns no burst', async () => {
    const limit = { limit: 100, windowSeconds: 10 };
    const shared = bucket();
    const [first, second] = [createLimiter(shared.take), createLimiter(shared.take)];
    await first('k', limit);
    nowMs += 60_000;
    const allowed = await Promise.all([
      countAllowed(200, () => first('k', limit)),
      countAllowed(200, () => second('k', limit)),
    ]);
    expect(allowed[0] + allowed[1]).toBeLessThanOrEqual(100);
  });

  it('lets requests pass where the store fails, and asks again after a second', async () => {
    let broken = true;
    let calls = 0;
    const shared = bucket();
    const consume = createLimiter(async (...input) => {
      calls += 1;
      if (broken) throw new Error('no connection');
      return shared.take(...input);
    });
    expect(await countAllowed(100, () => consume('k', small))).toBe(100);
    expect(calls).toBe(1);
    broken = false;
    nowMs += 1_001;
    expect(await countAllowed(100, () => consume('k', small))).toBe(5);
  });

  it('keeps keys apart', async () => {
    const buckets = new Map([
      ['a', bucket()],
      ['b', bucket()],
    ]);
    const consume = createLimiter((key, ...rest) => {
      const own = buckets.get(key);
      if (!own) throw new Error(key);
      return own.take(key, ...rest);
    });
    await countAllowed(9, () => consume('a', small));
    expect((await consume('b', small)).remaining).toBe(4);
  });
});
