import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { useTestDatabase } from '@/server/testing/database';
import { eventOf, relayWith } from '@/server/testing/outbox-relay';
import { createTestClock } from '@/server/testing/test-clock';
import { useClock } from '../clock';
import { db, transaction } from '../db';
import { createRelay, EngineUnavailable, enqueue, type OutboxRow } from './index';

useTestDatabase();

const clock = createTestClock();
let restoreClock: () => void;
beforeEach(() => {
  restoreClock = useClock(clock);
});
afterEach(async () => {
  await db.outboxRow.deleteMany();
  restoreClock();
});

const write = (...keys: string[]) =>
  transaction((tx) =>
    enqueue(
      tx,
      keys.map((key) => ({ topic: 'task.created', key, data: { n: key } })),
    ),
  );

describe('the outbox', () => {
  it('tells nothing of a transaction that failed', async () => {
    await expect(
      transaction(async (tx) => {
        await enqueue(tx, [{ topic: 'task.created', key: 'a', data: {} }]);
        throw new Error('undone');
      }),
    ).rejects.toThrow('undone');
    const { relay, published } = relayWith();
    expect(await relay.drain()).toBe(0);
    expect(published).toEqual([]);
  });

  it('tells rows in the order they were written, all of them, once, and deletes them', async () => {
    const keys = Array.from({ length: 450 }, (_, i) => `key-${String(i).padStart(3, '0')}`);
    await write(...keys.slice(0, 250));
    await write(...keys.slice(250));
    const batches: number[] = [];
    const { relay, published } = relayWith(async (rows) => {
      batches.push(rows.length);
      return rows.map(eventOf);
    });
    expect(await relay.drain()).toBe(450);
    expect(published).toEqual(keys);
    expect(batches).toEqual([200, 200, 50]);
    expect(await db.outboxRow.count()).toBe(0);
  });

  it('gives subscribers the row as it was written, and those of * every row', async () => {
    await transaction((tx) =>
      enqueue(tx, [
        { topic: 'a', key: 'k1', data: { deep: [1, null, 'é'] }, live: { type: 'a', taskId: 't' } },
        { topic: 'b', key: 'k2', data: {} },
      ]),
    );
    const seen: OutboxRow[] = [];
    const all: string[] = [];
    const relay = createRelay({
      subscribers: {
        a: [
          async (rows) => {
            seen.push(...rows);
            return [];
          },
        ],
        '*': [
          async (rows) => {
            all.push(...rows.map((row) => row.key));
            return [];
          },
        ],
      },
      publish: () => Promise.reject(new Error('nothing to publish')),
    });
    await relay.drain();
    expect(all).toEqual(['k1', 'k2']);
    expect(seen).toEqual([
      {
        id: expect.stringMatching(/^[0-9a-f-]{36}$/),
        topic: 'a',
        key: 'k1',
        data: { deep: [1, null, 'é'] },
        live: { type: 'a', taskId: 't' },
        attempts: 0,
        createdAt: new Date(clock.nowMs()),
      },
    ]);
  });

  it('waits until a row is due', async () => {
    const at = new Date(clock.nowMs() + 60_000);
    await transaction((tx) => enqueue(tx, [{ topic: 'task.created', key: 'later', data: {}, at }]));
    const { relay, published } = relayWith();
    expect(await relay.drain()).toBe(0);
    clock.advanceMs(60_000);
    expect(await relay.drain()).toBe(1);
    expect(published).toEqual(['later']);
  });
});

describe('failures', () => {
  it('a poisonous row is put off with its error, and the others pass', async () => {
    await write('a', 'poison', 'b');
    let mended = false;
    const { relay, published } = relayWith(async (rows, tx) => {
      await tx.skill.createMany({
        data: rows.map((row) => ({ name: row.key, description: '' })),
        skipDuplicates: true,
      });
      if (!mended && rows.some((row) => row.key === 'poison')) throw new Error('does not go down');
      return rows.map(eventOf);
    });
    await relay.drain();
    expect(published).toEqual(['a', 'b']);
    // The subscriber's changes for the poisonous row were rolled back with it.
    expect((await db.skill.findMany({ orderBy: { name: 'asc' } })).map((s) => s.name)).toEqual([
      'a',
      'b',
    ]);
    expect(await db.outboxRow.findMany()).toMatchObject([
      { key: 'poison', attempts: 1, lastError: 'does not go down', claimedUntil: null },
    ]);
    expect(await relay.drain()).toBe(0);
    clock.advanceMs(2_000);
    mended = true;
    await relay.drain();
    expect(published).toEqual(['a', 'b', 'poison']);
    await db.skill.deleteMany();
  });

  it('while the engine is away all rows wait as they are, and one try is enough to know', async () => {
    await write(...Array.from({ length: 250 }, (_, i) => `k${i}`));
    let away = true;
    let tries = 0;
    let reports = 0;
    const published = new Set<string>();
    const relay = createRelay({
      subscribers: { 'task.created': [async (rows) => rows.map(eventOf)] },
      publish: async (events) => {
        tries += 1;
        if (away) throw new EngineUnavailable('connection refused');
        for (const event of events) published.add(event.id);
        return events;
      },
      onUnavailable: () => {
        reports += 1;
      },
    });
    expect(await relay.drain()).toBe(0);
    expect(tries).toBe(1);
    expect(await db.outboxRow.count({ where: { attempts: 0, claimedUntil: null } })).toBe(250);
    // Kicks while the engine is unavailable do not hammer it.
    relay.kick();
    await expect.poll(() => reports).toBe(1);
    relay.kick();
    relay.start();
    away = false;
    await expect.poll(() => published.size, { timeout: 5_000 }).toBe(250);
    expect(tries).toBeLessThan(6);
    await relay.stop();
    expect(await db.outboxRow.count()).toBe(0);
  });

  it('300 poisonous rows older than the good ones do not hold them up, now or later', async () => {
    await write(...Array.from({ length: 300 }, (_, i) => `bad-${i}`));
    await write('good');
    const published: string[] = [];
    let away = false;
    const relay = createRelay({
      subscribers: { 'task.created': [async (rows) => rows.map(eventOf)] },
      publish: async (events) => {
        if (events.some((event) => event.id.startsWith('bad'))) {
          throw away ? new EngineUnavailable('enough seen') : new Error('refused');
        }
        published.push(...events.map((event) => event.id));
        return events;
      },
    });
    await relay.drain();
    expect(published).toEqual(['good']);
    expect(await db.outboxRow.count({ where: { attempts: 1, lastError: 'refused' } })).toBe(300);
    // All 300 are due again, and a new row goes first.
    clock.advanceMs(60_000);
    await write('newer');
    away = true;
    await relay.drain();
    expect(published).toEqual(['good', 'newer']);
  }, 90_000);

  it('a row that keeps failing is tried every hour at least, and is never dropped', async () => {
    await write('poison');
    const relay = createRelay({
      subscribers: { 'task.created': [async (rows) => rows.map(eventOf)] },
      publish: () => Promise.reject(new Error('refused')),
    });
    await relay.drain();
    const pauses: number[] = [];
    for (let i = 0; i < 30; i++) {
      const { availableAt } = await db.outboxRow.findFirstOrThrow();
      pauses.push(availableAt.getTime() - clock.nowMs());
      clock.advanceMs(pauses.at(-1) ?? 0);
      await relay.drain();
    }
    expect(Math.max(...pauses)).toBeLessThanOrEqual(3_600_000);
    expect(pauses.at(-1)).toBeGreaterThanOrEqual(2_700_000);
    expect(await db.outboxRow.findFirst()).toMatchObject({ key: 'poison', attempts: 31 });
  });

  it('a relay that died is succeeded after its lease', async () => {
    await write('a');
    const dead = createRelay({
      subscribers: { 'task.created': [async (rows) => rows.map(eventOf)] },
      publish: () => new Promise(() => undefined),
    });
    void dead.drain();
    await expect.poll(() => db.outboxRow.count({ where: { claimedUntil: { not: null } } })).toBe(1);
    const { relay, published } = relayWith();
    expect(await relay.drain()).toBe(0);
    clock.advanceMs(30_000);
    expect(await relay.drain()).toBe(1);
    expect(published).toEqual(['a']);
  });

  it('two relays never tell the same row at the same time', async () => {
    await write(...Array.from({ length: 600 }, (_, i) => `k${i}`));
    const relays = Array.from({ length: 4 }, () => relayWith());
    await Promise.all(relays.map(({ relay }) => relay.drain()));
    const told = relays.flatMap(({ published }) => published);
    expect(told).toHaveLength(600);
    expect(new Set(told).size).toBe(600);
  });
});
