import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { useTestDatabase } from '@/server/testing/database';
import { createTestClock } from '@/server/testing/test-clock';
import { useClock } from '../clock';
import { db } from '../db';
import { takeFromPostgres } from './bucket-store';
import { createLimiter, deleteIdleBuckets } from './index';

useTestDatabase();

const clock = createTestClock();
let restoreClock: () => void;
beforeEach(() => {
  restoreClock = useClock(clock);
});
afterEach(() => restoreClock());

const limit = { limit: 60, windowSeconds: 60 };

describe('a bucket in Postgres', () => {
  it('is full at first, gives what it has, and fills at the rate of the limit', async () => {
    expect(await takeFromPostgres('a', 50, limit)).toEqual({ granted: 50, left: 10 });
    expect(await takeFromPostgres('a', 50, limit)).toEqual({ granted: 10, left: 0 });
    expect(await takeFromPostgres('a', 1, limit)).toEqual({ granted: 0, left: 0 });
    clock.advanceMs(2_500);
    expect(await takeFromPostgres('a', 50, limit)).toEqual({ granted: 2, left: 0.5 });
    clock.advanceMs(3_600_000);
    expect(await takeFromPostgres('a', 1, limit)).toEqual({ granted: 1, left: 59 });
  });

  it('gives a hundred takers at once no more than it holds', async () => {
    const grants = await Promise.all(
      Array.from({ length: 100 }, () => takeFromPostgres('race', 1, limit)),
    );
    expect(grants.reduce((sum, { granted }) => sum + granted, 0)).toBe(60);
  });

  it('serves several processes with one allowance', async () => {
    const processes = [createLimiter(takeFromPostgres), createLimiter(takeFromPostgres)];
    const states = await Promise.all(
      Array.from({ length: 200 }, (_, i) => processes[i % 2]?.('shared', limit)),
    );
    expect(states.filter((state) => state?.allowed)).toHaveLength(60);
  });

  it('is deleted when nobody used it for a day', async () => {
    await takeFromPostgres('idle', 1, limit);
    clock.advanceMs(25 * 3_600_000);
    await takeFromPostgres('busy', 1, limit);
    await deleteIdleBuckets();
    const left = await db.rateLimitBucket.findMany({ where: { key: { in: ['idle', 'busy'] } } });
    expect(left.map((row) => row.key)).toEqual(['busy']);
  });
});
