import pg from 'pg';
import { afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import type { WorkerActor } from '@/server/platform/actor';
import type { StandingClock } from '@/server/platform/clock';
import { db, transaction } from '@/server/platform/db';
import { newId } from '@/server/platform/ids';
import { useTestDatabase } from '@/server/testing/database';
import { createOrganization, keyActor, workerActor } from '@/server/testing/factories';
import { brokenInvariants } from '@/server/testing/invariants';
import { createTasks } from './create-tasks';
import { type HandedIn, handInAnswers } from './hand-in-answers';
import { assignWorkers, CreateTask, recordTaskEvent, submitAnswer } from './index';

useTestDatabase();

type Customer = Awaited<ReturnType<typeof keyActor>>;
let customer: Customer;
let workers: WorkerActor[];
beforeAll(async () => {
  customer = await keyActor(await createOrganization(), 'test');
  workers = await Promise.all(
    Array.from({ length: 3 }, () => workerActor({ mode: 'test', capacity: 1_000, online: false })),
  );
});
afterEach(() => vi.restoreAllMocks());

/** Tasks with all seats of `by` taken; gives their ids. */
async function assignedTasks(count: number, votes = 3, by = workers): Promise<string[]> {
  const body = CreateTask.parse({
    ...{ type: 'several', payload: {}, payout_sats: 1, sla_seconds: 3_600 },
    redundancy: { min_votes: votes, max_votes: votes },
    output_schema: {
      type: 'object',
      properties: { z: { type: 'integer' }, a: { type: 'string' } },
    },
  });
  const made = await createTasks(
    customer,
    Array.from({ length: count }, () => body),
  );
  const ids = made.map((each) => (each.ok ? each.task.id : ''));
  const workerIds = by.map(({ workerId }) => workerId);
  const seats = { workerIds, status: 'offered', backup: false, by: 'routing' } as const;
  await Promise.all(ids.map((taskId) => assignWorkers({ ...seats, taskId })));
  return ids;
}

const OUTPUT = { z: 1, a: 'a\u0000b' };

/** Answers of all who are at work on the tasks, in the order of tasks and seats. */
async function answersTo(taskIds: readonly string[], at?: StandingClock): Promise<HandedIn[]> {
  const rows = await db.assignment.findMany({
    where: { taskId: { in: [...taskIds] }, status: 'offered' },
    include: { task: true },
    orderBy: [{ taskId: 'asc' }, { id: 'asc' }],
  });
  return rows.map(({ id, task, workerId, startedAt, createdAt }) => ({
    actor: { kind: 'worker', workerId, userId: '', mode: 'test' },
    input: { assignmentId: id, output: OUTPUT },
    outputText: JSON.stringify(OUTPUT),
    answerId: newId(),
    own: { ...task, startedAt, createdAt, taskId: task.id },
    at,
  }));
}

const handIn = (all: readonly HandedIn[]) => transaction((tx) => handInAnswers(tx, all));

const eventsOf = async (taskId: string) =>
  (await db.taskEvent.findMany({ where: { taskId }, orderBy: { sequence: 'asc' } })).map(
    ({ type }) => type,
  );

describe('answers that are handed in at once', () => {
  it('to several tasks take five statements, and each leads to what it would alone', async () => {
    const taskIds = await assignedTasks(4);
    const answers = await answersTo(taskIds);
    const query = vi.spyOn(pg.Client.prototype, 'query');
    expect(await handIn(answers)).toEqual(answers.map(() => null));
    expect(query).toHaveBeenCalledTimes(5);
    for (const id of taskIds) {
      expect(await eventsOf(id)).toEqual([
        ...['task.created', 'task.assigned', 'assignment.joined', 'assignment.joined'],
        ...['answer.received', 'answer.received', 'task.submitted'],
      ]);
    }
    const tasks = await db.task.findMany({ where: { id: { in: taskIds } } });
    expect(tasks.map(({ status, openSeats }) => [status, openSeats])).toEqual(
      tasks.map(() => ['submitted', 0]),
    );
    const kept = await db.$queryRaw<{ output: string }[]>`
      SELECT DISTINCT output::text AS output FROM answers WHERE task_id = ANY(${taskIds}::uuid[])`;
    expect(kept).toEqual([{ output: '{"z":1,"a":"a\\u0000b"}' }]);
    expect(await brokenInvariants()).toEqual([]);
  });

  it('put a task back to the queue where more votes are wanted and nobody is at work', async () => {
    const taskIds = await assignedTasks(2, 3, workers.slice(0, 2));
    expect(await handIn(await answersTo(taskIds))).toEqual([null, null, null, null]);
    for (const id of taskIds) {
      expect((await eventsOf(id)).slice(-2)).toEqual(['answer.received', 'task.requeued']);
      const task = await db.task.findUniqueOrThrow({ where: { id } });
      expect([task.status, task.openSeats]).toEqual(['posted', 1]);
    }
    expect(await brokenInvariants()).toEqual([]);
  });

  it('are refused one by one: sent twice, or for a task whose time is over', async () => {
    const taskIds = (await assignedTasks(2, 1, workers.slice(0, 1))).toSorted();
    const [good, late] = (await answersTo(taskIds)) as [HandedIn, HandedIn];
    await db.task.update({ where: { id: late.own.taskId }, data: { expiresAt: new Date() } });
    const again = { ...good, answerId: newId() };
    expect(await handIn([good, late, again])).toEqual([null, 'expired', 'submitted']);
    expect(await handIn([again])).toEqual(['submitted']);
    const answers = await db.answer.findMany({ where: { taskId: { in: taskIds } } });
    expect(answers.map(({ id }) => id)).toEqual([good.answerId]);
    await db.task.update({
      where: { id: late.own.taskId },
      data: { expiresAt: new Date(Date.now() + 3_600_000) },
    });
    expect(await brokenInvariants()).toEqual([]);
  });

  it('fail alone where one cannot be written', async () => {
    const taskIds = await assignedTasks(3, 1, workers.slice(0, 1));
    const answers = await answersTo(taskIds);
    const ends = await Promise.allSettled(
      answers.map(({ actor, input }, n) =>
        submitAnswer(actor, { ...input, ...(n === 1 ? { idempotencyKey: 'no uuid' } : {}) }),
      ),
    );
    expect(ends.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
    expect(await db.answer.count({ where: { taskId: { in: taskIds } } })).toBe(2);
    expect(await brokenInvariants()).toEqual([]);
  });

  it('are each of their own instant', async () => {
    const [first = '', second = ''] = await assignedTasks(2, 1, workers.slice(0, 1));
    const { organizationId } = customer;
    const nowMs = Date.now() + 60_000;
    const at = { organizationId, nowMs, sequence: 7 };
    await handIn([...(await answersTo([first], at)), ...(await answersTo([second]))]);
    const [one, other] = await Promise.all(
      [first, second].map(async (taskId) => {
        const event = await db.taskEvent.findFirstOrThrow({
          where: { taskId, type: 'task.submitted' },
        });
        const told = await db.outboxRow.findFirstOrThrow({ where: { key: event.id } });
        const answer = await db.answer.findFirstOrThrow({ where: { taskId } });
        return { event, told, answer };
      }),
    );
    expect(one?.told.testClockOf).toBe(organizationId);
    expect(one?.event.createdAt.getTime()).toBe(nowMs);
    expect(one?.answer.createdAt.getTime()).toBe(nowMs);
    expect(other?.told.testClockOf).toBeNull();
    expect(other?.event.createdAt.getTime()).toBeLessThan(nowMs);
  });
});

describe('two transactions that hand in answers to the same tasks, in opposite orders', () => {
  it('both come to their end, and every answer counts once for its worker', async () => {
    const before = 0.5;
    const ids = workers.map(({ workerId }) => workerId);
    await db.worker.updateMany({ where: { id: { in: ids } }, data: { reliability: before } });
    const taskIds = await assignedTasks(20);
    const answers = await answersTo(taskIds);
    const ends = await Promise.all([
      handIn(answers.filter((_, n) => n % 2 === 0)),
      handIn(answers.filter((_, n) => n % 2 === 1).toReversed()),
    ]);
    expect(ends.flat()).toEqual(answers.map(() => null));
    for (const taskId of taskIds) expect((await eventsOf(taskId)).at(-1)).toBe('task.submitted');
    const moved = await db.worker.findMany({ where: { id: { in: ids } } });
    for (const { reliability } of moved) {
      expect(reliability).toBeCloseTo(1 - (1 - before) * 0.95 ** 20, 9);
    }
    expect(await brokenInvariants()).toEqual([]);
  });
});

// Last, since the queries of the invariants cannot look into such a text.
describe('an answer', () => {
  it('may hold a character that jsonb cannot, and so may what its task tells', async () => {
    const [taskId = ''] = await assignedTasks(1, 1, workers.slice(0, 1));
    await handIn(await answersTo([taskId]));
    const set = { output: { z: 1, a: 'a\u0000b' } };
    await transaction((tx) =>
      recordTaskEvent(tx, { taskId, type: 'answer.judged', by: 'system', set }),
    );
    const [event] = await db.$queryRaw<{ output: string }[]>`
      SELECT snapshot::text AS output FROM task_events
       WHERE task_id = ${taskId}::uuid ORDER BY sequence DESC LIMIT 1`;
    expect(event?.output).toContain('"output":{"z":1,"a":"a\\u0000b"}');
  });
});
