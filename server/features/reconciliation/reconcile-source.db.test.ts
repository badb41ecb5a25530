import { expect, it } from 'vitest';
import type { LightningRail } from '@/server/features/payouts';
import { clock } from '@/server/platform/clock';
import { db } from '@/server/platform/db';
import { newId } from '@/server/platform/ids';
import { useTestDatabase } from '@/server/testing/database';
import { useTestClock } from '@/server/testing/use-test-clock';
import { reconcileSource } from './reconcile-source';
import { type Ended, OVERLAP_MS, type Source } from './source';

useTestDatabase();

const HOUR_MS = 3_600_000;
const rail = { name: 'many' } as LightningRail;

const time = useTestClock();

const order = (a: Ended, b: Ended) => +a.at - +b.at || (a.id < b.id ? -1 : 1);

/**
 * Records that ended a second apart, in groups of three with equal timestamps, within the last
 * hours.
 */
function makeSource(count: number) {
  const start = clock.nowMs() - 3 * HOUR_MS;
  const rows = Array.from({ length: count }, (_, n) => ({
    id: newId(),
    at: new Date(start + Math.floor(n / 3) * 3_000),
  })).toSorted(order);
  const asked = new Map<string, number>();
  const silent = new Set<string>();
  const source: Source = {
    ...{ name: 'attempts', prefix: 'attempt', overlapMs: OVERLAP_MS },
    read: async (_, { after, until, take }) =>
      rows.filter((row) => order(after, row) < 0 && row.at <= until).slice(0, take),
    readByIds: async (_, ids) => rows.filter(({ id }) => ids.includes(id)),
    compare: async (_, { id }) => {
      asked.set(id, (asked.get(id) ?? 0) + 1);
      if (silent.has(id)) throw new Error('It does not answer.');
      time.advanceMs(10);
      return null;
    },
  };
  return { rows, asked, silent, source };
}

const options = (until: number, begunAt = new Date(0)) => ({
  ...{ begunAt, until },
  tell: async () => undefined,
});
const times = (asked: Map<string, number>) => new Set(asked.values());

it('goes on where it was cut off, and asks about each record once', async () => {
  const { rows, asked, source } = makeSource(500);
  expect(await reconcileSource(rail, source, options(clock.nowMs() + 1))).toBe('cut');
  expect(asked.size).toBe(200);
  expect(await reconcileSource(rail, source, options(clock.nowMs() + HOUR_MS))).toBe('whole');
  expect(asked.size).toBe(rows.length);
  expect(times(asked)).toEqual(new Set([1]));
});

it('begins the next run an hour before the first record that the rail did not answer for', async () => {
  await db.railReconcileCursor.deleteMany();
  const { rows, asked, silent, source } = makeSource(3_000);
  const missed = rows[2_500];
  if (!missed) throw new Error('It is not there.');
  silent.add(missed.id);
  expect(await reconcileSource(rail, source, options(clock.nowMs() + HOUR_MS))).toBe('whole');
  silent.clear();
  time.advanceMs(24 * HOUR_MS);
  asked.clear();
  await reconcileSource(rail, source, options(clock.nowMs() + HOUR_MS, clock.now()));
  const since = rows.filter(({ at }) => +at >= +missed.at - OVERLAP_MS);
  expect([...asked.keys()].toSorted()).toEqual(since.map(({ id }) => id).toSorted());
});

it('leaves a rail alone that gives five no answer, and begins there again', async () => {
  await db.railReconcileCursor.deleteMany();
  const { rows, asked, silent, source } = makeSource(400);
  for (const { id } of rows.slice(210)) silent.add(id);
  expect(await reconcileSource(rail, source, options(clock.nowMs() + HOUR_MS))).toBe('silent');
  expect(asked.size).toBeLessThan(220);
  silent.clear();
  asked.clear();
  await reconcileSource(rail, source, options(clock.nowMs() + HOUR_MS));
  expect([...asked.keys()].toSorted()).toEqual(
    rows
      .slice(200)
      .map(({ id }) => id)
      .toSorted(),
  );
});
