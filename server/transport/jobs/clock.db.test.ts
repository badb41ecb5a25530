import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { CreateTask, cancelTask, createTask, getTask } from '@/server/features/tasks';
import { db } from '@/server/platform/db';
import type { OutgoingEvent } from '@/server/platform/outbox';
import { useTestDatabase } from '@/server/testing/database';
import { createOrganization, keyActor, workerActor } from '@/server/testing/factories';
import { useStack } from '@/server/testing/stack';
import { createTestClock } from '@/server/testing/test-clock';
import { noteTicks, withoutTimers } from './clock';

const clock = createTestClock();
const stack = useStack(useTestDatabase(), clock);
let customer: Awaited<ReturnType<typeof keyActor>>;

beforeAll(async () => {
  customer = await keyActor(await createOrganization(), 'live');
  // A worker is available, but does not act.
  await workerActor({ mode: 'live', online: false });
});

const create = async (slaSeconds: number) => {
  const body = { type: 'clocked', payload: {}, payout_sats: 10, sla_seconds: slaSeconds };
  const { task } = await createTask(customer, CreateTask.parse(body));
  await stack.settle();
  return task.id;
};

describe('the clock', () => {
  let ticksBefore = 0;
  const countTicks = async () => {
    const [row] = await db.$queryRaw<{ ticks: number }[]>`
      SELECT count(*)::int AS ticks FROM engine.run WHERE fn_id LIKE '%clock/tick'`;
    return row?.ticks ?? 0;
  };
  const ticks = async () => (await countTicks()) - ticksBefore;
  beforeEach(async () => {
    // Timers of earlier tests are over.
    await stack.advance(120_000);
    ticksBefore = await countTicks();
  });

  it('wakes once for all that falls due in one second', async () => {
    const ids = [];
    for (let made = 0; made < 12; made++) ids.push(await create(30));
    await stack.advance(31_000);
    for (const id of ids) expect((await getTask(customer, id)).status).toBe('expired');
    // At 80 %, at the last call and at the end; the first is already scheduled when the second task
    // is created.
    expect(await ticks()).toBeLessThanOrEqual(3);
  });

  it('does not wake again for what has ended early', async () => {
    const ids = [await create(30), await create(40), await create(50)];
    for (const id of ids) await cancelTask(customer, id);
    await stack.advance(60_000);
    expect(await ticks()).toBeLessThanOrEqual(1);
  });

  it('is made up for by the sweep within a minute where its tick was lost', async () => {
    const id = await create(30);
    await db.$executeRaw`
      DELETE FROM engine.job WHERE run_id IN (SELECT id FROM engine.run WHERE fn_id LIKE '%clock/tick')`;
    await stack.advance(91_000);
    expect((await getTask(customer, id)).status).toBe('expired');
  });
});

describe('timers on their way to the engine', () => {
  const timerAt = (ms: number): OutgoingEvent => ({
    ...{ id: `lapse:${ms}`, name: 'assignment/lapse' },
    ...{ data: { assignmentId: 'a' }, ts: ms },
  });
  const other: OutgoingEvent = { id: 'x', name: 'task/route', data: { taskId: 't' } };
  const second = (ms: number) => Math.ceil(ms / 1_000);

  it('become one tick, for the first of them, named by its second; others are left alone', () => {
    noteTicks([{ id: 'tick', name: 'clock/tick', data: {}, ts: clock.nowMs() }]);
    const [soon, late] = [clock.nowMs() + 5_400, clock.nowMs() + 60_000];
    const events = withoutTimers([timerAt(late), other, timerAt(soon)]);
    expect(events).toEqual([
      other,
      { id: `tick:${second(soon)}`, name: 'clock/tick', data: {}, ts: second(soon) * 1_000 },
    ]);
    noteTicks(events);
    expect(withoutTimers([timerAt(late), other])).toEqual([other]);
    expect(withoutTimers([timerAt(soon - 3_000)])).toMatchObject([{ name: 'clock/tick' }]);
  });

  it('that are due already make a tick of the next second, never of one that has run', () => {
    const [tick] = withoutTimers([timerAt(clock.nowMs() - 10_000)]);
    expect(tick?.ts).toBeGreaterThan(clock.nowMs());
  });
});
