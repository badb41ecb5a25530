import { beforeAll, describe, expect, it } from 'vitest';
import { CreateTask, cancelTask, expireTask } from '@/server/features/tasks';
import type { WorkerActor } from '@/server/platform/actor';
import { db } from '@/server/platform/db';
import { useTestDatabase } from '@/server/testing/database';
import { createOrganization, keyActor, workerActor } from '@/server/testing/factories';
import { brokenInvariants } from '@/server/testing/invariants';
import { createTasks } from '../tasks/create-tasks';
import { claimTask } from './index';

useTestDatabase();

const ROUNDS = 1_000;
/** Concurrent rounds; more would only wait for connections. */
const ABREAST = 6;

const bodyOf = (type: string) =>
  CreateTask.parse({ type, payload: {}, payout_sats: 1, sla_seconds: 3_600 });

let customer: Awaited<ReturnType<typeof keyActor>>;
beforeAll(async () => {
  customer = await keyActor(await createOrganization(), 'test');
});

const workersOf = (count: number, capacity: number): Promise<WorkerActor[]> =>
  // Offline, so that routing gives none of the tasks away beforehand.
  Promise.all(
    Array.from({ length: count }, () => workerActor({ mode: 'test', capacity, online: false })),
  );

/** The outcome of an attempt; anything but winning and a plain "too late" fails the test. */
async function outcomeOf(attempt: Promise<unknown>): Promise<'won' | 'lost'> {
  try {
    await attempt;
    return 'won';
  } catch (error) {
    if ((error as { status?: number }).status !== 409) throw error;
    return 'lost';
  }
}

async function makeTasks(type: string, count: number): Promise<string[]> {
  const bodies = Array.from({ length: count }, () => bodyOf(type));
  return (await createTasks(customer, bodies)).map((made) => {
    if (!made.ok) throw made.error;
    return made.task.id;
  });
}

/** Runs `race` for each task, a few at a time, and returns the results in order. */
async function inRounds<T>(ids: readonly string[], race: (id: string) => Promise<T>): Promise<T[]> {
  const results: T[] = new Array(ids.length);
  let next = 0;
  const lane = async () => {
    for (let at = next++; at < ids.length; at = next++) results[at] = await race(ids[at] as string);
  };
  await Promise.all(Array.from({ length: ABREAST }, lane));
  return results;
}

describe('two workers who claim one task at once', () => {
  it(`have one winner, counted over ${ROUNDS} rounds`, async () => {
    const [first, second] = (await workersOf(2, ROUNDS)) as [WorkerActor, WorkerActor];
    const ids = await makeTasks('raced_by_two', ROUNDS);
    const rounds = await inRounds(ids, (taskId) =>
      Promise.all([first, second].map((worker) => outcomeOf(claimTask(worker, { taskId })))),
    );
    const winners = rounds.map((round) => round.filter((each) => each === 'won').length);
    expect(winners.filter((count) => count === 1)).toHaveLength(ROUNDS);
    const held = await db.assignment.groupBy({
      by: ['taskId'],
      where: { taskId: { in: ids } },
      _count: true,
    });
    expect(held).toHaveLength(ROUNDS);
    expect(held.every((each) => each._count === 1)).toBe(true);
    expect(await db.task.count({ where: { id: { in: ids }, status: 'assigned' } })).toBe(ROUNDS);
    expect(await brokenInvariants()).toEqual([]);
  }, 300_000);
});

describe('fifty workers who claim one task at once', () => {
  it('have one winner each time, and forty-nine clear refusals', async () => {
    const workers = await workersOf(50, 10);
    for (const taskId of await makeTasks('raced_by_fifty', 10)) {
      const outcomes = await Promise.all(
        workers.map((worker) => outcomeOf(claimTask(worker, { taskId }))),
      );
      expect(outcomes.filter((each) => each === 'won')).toHaveLength(1);
      expect(await db.assignment.count({ where: { taskId } })).toBe(1);
    }
    expect(await brokenInvariants()).toEqual([]);
  }, 60_000);
});

describe('a claim, a cancellation and the end of the time, all at once', () => {
  it('leave one end, and nobody at work on a task that is over', async () => {
    const [worker] = (await workersOf(1, 200)) as [WorkerActor];
    const ids = await makeTasks('raced_to_the_end', 60);
    // Expired for the sweep, but not yet for a claim that began earlier: all three may proceed.
    const rounds = await inRounds(ids, async (taskId) => {
      const claim = outcomeOf(claimTask(worker, { taskId }));
      const due = db.task
        .update({ where: { id: taskId }, data: { expiresAt: new Date() } })
        .then(() => expireTask(taskId));
      const cancel = outcomeOf(cancelTask(customer, taskId));
      const [claimed, expired, cancelled] = await Promise.all([claim, due, cancel]);
      return { claimed, expired, cancelled };
    });
    for (const [at, { expired, cancelled }] of rounds.entries()) {
      expect([expired, cancelled === 'won'].filter(Boolean), `round ${at}`).toHaveLength(1);
    }
    const ended = await db.task.groupBy({
      by: ['status'],
      where: { id: { in: ids } },
      _count: true,
    });
    expect(new Set(ended.map((each) => each.status)).size).toBeLessThanOrEqual(2);
    expect(ended.every(({ status }) => status === 'cancelled' || status === 'expired')).toBe(true);
    const atWork = await db.assignment.count({
      where: { taskId: { in: ids }, status: { in: ['offered', 'active'] } },
    });
    expect(atWork).toBe(0);
    expect(await brokenInvariants()).toEqual([]);
  }, 60_000);

  it('end in the cancellation, whoever was first, where only claim and cancellation meet', async () => {
    const [worker] = (await workersOf(1, 200)) as [WorkerActor];
    const ids = await makeTasks('claim_meets_cancel', 40);
    await inRounds(ids, (taskId) =>
      Promise.all([
        outcomeOf(claimTask(worker, { taskId })),
        outcomeOf(cancelTask(customer, taskId)),
      ]),
    );
    const open = await db.task.count({
      where: { id: { in: ids }, status: { not: 'cancelled' } },
    });
    // A task that was claimed first is cancelled anyway, since nobody has answered it yet.
    expect(open).toBe(0);
    expect(await brokenInvariants()).toEqual([]);
  }, 60_000);
});
