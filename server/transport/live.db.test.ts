import { afterAll, describe, expect, it } from 'vitest';
import { db, pool, transaction } from '@/server/platform/db';
import {
  broadcast,
  createRelay,
  enqueue,
  LIVE_CHANNEL,
  type LiveEvent,
} from '@/server/platform/outbox';
import { useTestDatabase } from '@/server/testing/database';
import { LiveHub, RESYNC } from './live';

useTestDatabase();

const hub = new LiveHub(() => pool().options);
afterAll(() => hub.close());

describe('the live hub', () => {
  it('hears what the outbox tells, and gives each listener what fits its filter', async () => {
    const seen: Record<string, LiveEvent[]> = { task: [], organization: [], all: [] };
    const ends = [
      hub.subscribe({ taskId: 't1' }, (event) => seen.task?.push(event)),
      hub.subscribe({ organizationId: 'o1', mode: 'test' }, (e) => seen.organization?.push(e)),
      hub.subscribe({}, (event) => seen.all?.push(event)),
    ];
    await hub.ready();
    const live: LiveEvent[] = [
      { type: 'task.created', organizationId: 'o1', mode: 'test', taskId: 't1' },
      { type: 'task.created', organizationId: 'o1', mode: 'live', taskId: 't2' },
      { type: 'task.created', organizationId: 'o2', mode: 'test', taskId: 't3' },
    ];
    await transaction((tx) =>
      enqueue(
        tx,
        live.map((event, i) => ({ topic: 'x', key: `k${i}`, data: {}, live: event })),
      ),
    );
    await createRelay({ subscribers: {}, publish: async () => [] }).drain();
    await expect.poll(() => seen.all?.length).toBe(3);
    expect(seen).toEqual({ task: [live[0]], organization: [live[0]], all: live });
    for (const end of ends) end();
    await broadcast(live);
    const later = hub.waitFor({ taskId: 't9' }, { timeoutMs: 5_000 });
    await broadcast([{ type: 'last', taskId: 't9' }]);
    await later;
    expect(seen.all).toHaveLength(3);
  });

  it('wakes those who wait, or lets them go in time', async () => {
    await hub.ready();
    const event = hub.waitFor({ taskId: 'w' }, { timeoutMs: 5_000 });
    const other = hub.waitFor({ taskId: 'other' }, { timeoutMs: 100 });
    const picky = hub.waitFor(
      { taskId: 'w' },
      { timeoutMs: 5_000, accept: ({ type }) => type === 'task.verified' },
    );
    const controller = new AbortController();
    const aborted = hub.waitFor({}, { timeoutMs: 60_000, signal: controller.signal });
    controller.abort();
    await broadcast([{ type: 'task.assigned', taskId: 'w' }]);
    expect(await event).toBe('event');
    await broadcast([{ type: 'task.verified', taskId: 'w' }]);
    expect(await picky).toBe('event');
    expect(await aborted).toBe('aborted');
    expect(await other).toBe('timeout');
  });

  it('comes back after the connection is cut, and has everybody read again', async () => {
    await hub.ready();
    const seen: LiveEvent[] = [];
    const end = hub.subscribe({ taskId: 'r' }, (event) => seen.push(event));
    await db.$executeRaw`
      SELECT pg_terminate_backend(pid) FROM pg_stat_activity
      WHERE query = ${`LISTEN ${LIVE_CHANNEL}`} AND datname = current_database()`;
    await expect.poll(() => seen, { timeout: 5_000 }).toEqual([RESYNC]);
    await broadcast([{ type: 'again', taskId: 'r' }]);
    await expect.poll(() => seen.length).toBe(2);
    end();
  });

  it('keeps going when a listener fails', async () => {
    await hub.ready();
    const end = hub.subscribe({ taskId: 'f' }, () => {
      throw new Error('a listener of little faith');
    });
    const other = hub.waitFor({ taskId: 'f' }, { timeoutMs: 5_000 });
    await broadcast([{ type: 'x', taskId: 'f' }]);
    expect(await other).toBe('event');
    end();
  });
});
