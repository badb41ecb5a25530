/** Tasks judged together share statements and a transaction, with the same results as individually. */
import pg from 'pg';
import { beforeAll, expect, it, vi } from 'vitest';
import { claimTask } from '@/server/features/routing';
import { CreateTask, createTask, submitAnswer } from '@/server/features/tasks';
import type { WorkerActor } from '@/server/platform/actor';
import { db } from '@/server/platform/db';
import { useTestDatabase } from '@/server/testing/database';
import { createOrganization, keyActor, workerActor } from '@/server/testing/factories';
import { brokenInvariants } from '@/server/testing/invariants';
import { judgeTask } from './index';

useTestDatabase();

const SCHEMA = {
  type: 'object',
  required: ['verdict'],
  properties: { verdict: { enum: ['yes', 'no'] } },
};
const VOTES = 3;

let organization: { id: string };
let workers: WorkerActor[];

beforeAll(async () => {
  organization = await createOrganization();
  workers = await Promise.all(
    Array.from({ length: VOTES }, () => workerActor({ mode: 'test', capacity: 200 })),
  );
});

/** Tasks with all the votes they need, none of them judged. */
async function answered(count: number, said: (nth: number) => string = () => 'yes') {
  const customer = await keyActor(organization, 'test');
  const ids: string[] = [];
  for (let n = 0; n < count; n++) {
    const redundancy = { min_votes: VOTES, max_votes: VOTES };
    const body = {
      type: 'many',
      payload: { n },
      output_schema: SCHEMA,
      payout_sats: 10,
      redundancy,
    };
    const { task } = await createTask(customer, CreateTask.parse(body));
    for (const [nth, worker] of workers.entries()) {
      const { assignmentId } = await claimTask(worker, { taskId: task.id });
      await db.assignment.update({
        where: { id: assignmentId },
        data: { startedAt: new Date(Date.now() - 20_000) },
      });
      await submitAnswer(worker, { assignmentId, output: { verdict: said(nth) } });
    }
    ids.push(task.id);
  }
  return ids;
}

const judgeAll = (ids: readonly string[]) => Promise.all(ids.map((id) => judgeTask(id)));

async function statementsOf(work: () => Promise<unknown>): Promise<number> {
  const query = vi.spyOn(pg.Client.prototype, 'query');
  try {
    await work();
    return query.mock.calls.length;
  } finally {
    query.mockRestore();
  }
}

const paidFor = (ids: readonly string[]) =>
  db.payout.groupBy({ by: ['taskId'], where: { taskId: { in: [...ids] } }, _count: true });

it('ten tasks take fewer statements than two, each by itself', async () => {
  const [first = '', second = '', ...many] = await answered(12);
  const alone = await statementsOf(async () => {
    await judgeTask(first);
    await judgeTask(second);
  });
  const atOnce = await statementsOf(() => judgeAll(many));
  expect(atOnce).toBeLessThan(alone);
  const records = await db.workerTypeRecord.findMany({
    where: { organizationId: organization.id, type: 'many' },
    select: { accepted: true, secondsCount: true },
  });
  expect(records).toEqual(workers.map(() => ({ accepted: 12, secondsCount: 12 })));
  const paid = await paidFor([first, second, ...many]);
  expect(paid.map(({ _count }) => _count)).toEqual(Array(12).fill(VOTES));
  const events = await db.taskEvent.groupBy({
    by: ['taskId', 'sequence'],
    where: { taskId: { in: many }, type: 'task.verified' },
  });
  expect(events).toHaveLength(many.length);
  expect(new Set(events.map(({ sequence }) => sequence)).size).toBe(1);
  expect(await brokenInvariants()).toEqual([]);
});

it('comes to the same for each as by itself', async () => {
  const outcomeOf = (id: string) =>
    db.task.findUniqueOrThrow({
      where: { id },
      select: { status: true, output: true, confidence: true, verification: true, dissent: true },
    });
  const ids = await answered(4, (nth) => (nth === 1 ? 'no' : 'yes'));
  expect(await judgeTask(ids[0] ?? '')).toBe('verified');
  expect(await judgeAll(ids.slice(1))).toEqual(['verified', 'verified', 'verified']);
  const [alone, ...others] = await Promise.all(ids.map(outcomeOf));
  for (const other of others) expect(other).toEqual(alone);
});

it('one that cannot be paid for fails alone, and nothing of its judgement is kept', async () => {
  const [fault = '', ...others] = await answered(4);
  await db.task.update({ where: { id: fault }, data: { heldSats: 1n } });
  const ends = await Promise.allSettled([judgeTask(fault), ...others.map((id) => judgeTask(id))]);
  expect(ends.map(({ status }) => status)).toEqual([
    'rejected',
    ...others.map(() => 'fulfilled' as const),
  ]);
  expect(await db.verdict.count({ where: { taskId: fault } })).toBe(0);
  expect(await paidFor([fault])).toEqual([]);
  expect(await db.task.findUnique({ where: { id: fault } })).toMatchObject({ status: 'submitted' });
  expect(await paidFor(others)).toHaveLength(others.length);
});

it('each is judged once, however many are at it in whatever order', async () => {
  const ids = await answered(6);
  const [first = '', second = ''] = ids;
  const ends = await Promise.all([
    judgeAll(ids),
    judgeAll([first, first, second]),
    new Promise((resolve) => setTimeout(resolve, 5)).then(() => judgeAll(ids.toReversed())),
  ]);
  expect(ends.flat().filter((end) => end === 'verified')).toHaveLength(ids.length);
  expect((await paidFor(ids)).map(({ _count }) => _count)).toEqual(ids.map(() => VOTES));
  expect(await db.taskEvent.count({ where: { taskId: { in: ids }, type: 'task.verified' } })).toBe(
    ids.length,
  );
  expect(await db.posting.count({ where: { kind: 'charge' } })).toBe(
    await db.task.count({ where: { status: 'verified' } }),
  );
});
