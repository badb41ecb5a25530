import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { useTestDatabase } from '@/server/testing/database';
import { createTestClock } from '@/server/testing/test-clock';
import { useClock } from '../clock';
import { db, transaction } from '../db';
import { createRelay, enqueue, type OutboxRow, type OutgoingEvent, type Subscriber } from './index';
import { noticesOf } from './outbox-table';

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

const eventOf = (row: OutboxRow): OutgoingEvent => ({
  id: row.key,
  name: 'task/created',
  data: { key: row.key },
});

/** A relay that publishes one event a row, and remembers what it published. */
function relayWith(subscriber: Subscriber = async (rows) => rows.map(eventOf)) {
  const published: string[] = [];
  const relay = createRelay({
    subscribers: { 'task.created': [subscriber] },
    publish: async (events) => {
      published.push(...events.map((event) => event.id));
    },
  });
  return { relay, published };
}

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
    // What the subscriber did for the poisonous row was undone with it.
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

  it('while the engine is away rows wait, with growing pauses, and none is lost', async () => {
    await write(...Array.from({ length: 20 }, (_, i) => `k${i}`));
    let away = true;
    let tries = 0;
    const published = new Set<string>();
    const relay = createRelay({
      subscribers: { 'task.created': [async (rows) => rows.map(eventOf)] },
      publish: async (events) => {
        tries += 1;
        if (away) throw new Error('connection refused');
        for (const event of events) published.add(event.id);
      },
    });
    await relay.drain();
    // The batch, and three rows alone: then it is plain that the rows are not at fault.
    expect(tries).toBe(4);
    for (let i = 0; i < 4; i++) {
      clock.advanceMs(90_000);
      await relay.drain();
    }
    expect(await db.outboxRow.count({ where: { attempts: 5 } })).toBe(20);
    away = false;
    clock.advanceMs(90_000);
    await relay.drain();
    expect(published.size).toBe(20);
    expect(await db.outboxRow.count()).toBe(0);
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

describe('the loop', () => {
  it('many kicks make one look, and a kick during a look is not lost', async () => {
    await write('a');
    let looks = 0;
    let writeMore: (() => Promise<void>) | null = () => write('b');
    const { relay, published } = relayWith(async (rows) => {
      looks += 1;
      const more = writeMore;
      writeMore = null;
      if (more) {
        await more();
        relay.kick();
        await new Promise((resolve) => setTimeout(resolve, 20));
      }
      return rows.map(eventOf);
    });
    for (let i = 0; i < 50; i++) relay.kick();
    await expect.poll(() => published).toEqual(['a', 'b']);
    expect(looks).toBe(2);
    await relay.stop();
  });

  it('finds within a second what no kick told of', async () => {
    const { relay, published } = relayWith();
    relay.start();
    await write('a');
    await expect.poll(() => published, { timeout: 3_000 }).toEqual(['a']);
    await relay.stop();
  });
});

describe('live notices', () => {
  it('fit what Postgres carries, and lose nothing', () => {
    const events = Array.from({ length: 500 }, (_, i) => ({
      type: 'task.created',
      taskId: `é${i}`,
    }));
    const notices = noticesOf(events);
    expect(notices.length).toBeGreaterThan(1);
    for (const notice of notices) expect(Buffer.byteLength(notice)).toBeLessThan(8_000);
    expect(notices.flatMap((notice) => JSON.parse(notice))).toEqual(events);
    expect(noticesOf([])).toEqual([]);
  });
});
