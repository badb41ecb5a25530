import { beforeAll, describe, expect, it } from 'vitest';
import { claimTask } from '@/server/features/routing';
import {
  assignWorker,
  CreateTask,
  createTask,
  getTask,
  submitAnswer,
} from '@/server/features/tasks';
import type { Actor, WorkerActor } from '@/server/platform/actor';
import { db, transaction } from '@/server/platform/db';
import { newId } from '@/server/platform/ids';
import { useTestDatabase } from '@/server/testing/database';
import { createOrganization, keyActor, workerActor } from '@/server/testing/factories';
import { brokenInvariants } from '@/server/testing/invariants';
import { decideReview } from '../reviews';
import { judgeTask } from './index';

useTestDatabase();

const SCHEMA = {
  type: 'object',
  required: ['verdict'],
  properties: { verdict: { enum: ['yes', 'no'] }, why: { type: 'string' } },
};
const operator: Actor = { kind: 'operator', userId: newId(), mode: 'test' };

let customer: Awaited<ReturnType<typeof keyActor>>;
let workers: WorkerActor[];

beforeAll(async () => {
  customer = await keyActor(await createOrganization(), 'test');
  workers = await Promise.all(
    Array.from({ length: 7 }, () => workerActor({ mode: 'test', capacity: 100 })),
  );
});

const create = async (over: Partial<CreateTask> = {}) => {
  const body = { type: 'judged', payload: {}, output_schema: SCHEMA, payout_sats: 10, ...over };
  return (await createTask(customer, CreateTask.parse(body))).task.id;
};

/** The nth worker takes the task and answers; a bot is recognizable by its behaviour. */
async function answer(taskId: string, nth: number, verdict: string, bot = false): Promise<void> {
  const worker = workers[nth] as WorkerActor;
  const { assignmentId } = await claimTask(worker, { taskId });
  await db.assignment.update({
    where: { id: assignmentId },
    data: { startedAt: new Date(Date.now() - 20_000) },
  });
  await submitAnswer(worker, {
    assignmentId,
    output: { verdict },
    ...(bot ? { telemetry: { activeMs: 0, pasteShare: 1, focusLossShare: 1 } } : {}),
  });
}

const reviewOf = (taskId: string) => db.review.findFirst({ where: { taskId, status: 'open' } });

it('keeps verdicts in the order of judgement, whoever answered: the newest is the one that settled the task', async () => {
  const id = await create({ redundancy: { min_votes: 3, max_votes: 3 } });
  for (const nth of [2, 1, 0]) await answer(id, nth, nth === 2 ? 'no' : 'yes');
  expect(await judgeTask(id)).toBe('verified');
  const verdicts = await db.verdict.findMany({
    where: { taskId: id, stage: 'consensus' },
    orderBy: { id: 'asc' },
    select: { answer: { select: { workerId: true } } },
  });
  expect(verdicts.map((each) => each.answer.workerId)).toEqual(
    [2, 1, 0].map((nth) => workers[nth]?.workerId),
  );
});

describe('one answer', () => {
  it('is paid where a backup answered as well: the later one is superseded', async () => {
    const id = await create();
    const [owner, backup] = workers as [WorkerActor, WorkerActor];
    const { assignmentId } = await claimTask(owner, { taskId: id });
    const called = await transaction((tx) =>
      assignWorker(tx, {
        taskId: id,
        workerId: backup.workerId,
        status: 'active',
        backup: true,
        by: 'routing',
      }),
    );
    await db.assignment.updateMany({
      where: { taskId: id },
      data: { startedAt: new Date(Date.now() - 20_000) },
    });
    await submitAnswer(owner, { assignmentId, output: { verdict: 'yes' } });
    await submitAnswer(backup, { assignmentId: called ?? '', output: { verdict: 'yes' } });
    // One vote is requested and paid for, however many have arrived.
    expect(await judgeTask(id)).toBe('verified');
    const answers = await db.answer.findMany({ where: { taskId: id }, orderBy: { id: 'asc' } });
    expect(answers.map(({ status }) => status)).toEqual(['accepted', 'superseded']);
    expect(await brokenInvariants()).toEqual([]);
  });

  it('is verified with six verdicts, and its worker is owed the payout', async () => {
    const id = await create();
    await answer(id, 0, 'yes');
    expect(await judgeTask(id)).toBe('verified');
    const task = await getTask(customer, id);
    expect(task).toMatchObject({ status: 'verified', output: { verdict: 'yes' }, votes_used: 1 });
    expect(task.payouts.map((payout) => payout.amount_sats)).toEqual([10]);
    expect(await db.verdict.count({ where: { taskId: id } })).toBe(6);
  });

  it('completes its task at once where the worker keeps the pay for a later withdrawal', async () => {
    const id = await create();
    const { workerId } = workers[0] as WorkerActor;
    const keeps = (payoutTiming: 'on_withdrawal' | 'at_once') =>
      db.worker.update({ where: { id: workerId }, data: { payoutTiming } });
    await keeps('on_withdrawal');
    await answer(id, 0, 'yes');
    expect(await judgeTask(id)).toBe('verified');
    await keeps('at_once');
    expect((await getTask(customer, id)).payouts).toMatchObject([{ status: 'held' }]);
    const events = await db.taskEvent.findMany({
      where: { taskId: id },
      orderBy: { sequence: 'asc' },
      select: { type: true },
    });
    expect(events.map(({ type }) => type).slice(-2)).toEqual(['task.verified', 'task.completed']);
    expect(await brokenInvariants()).toEqual([]);
  });

  it('is judged once, however often it is asked for', async () => {
    const id = await create();
    await answer(id, 0, 'yes');
    const outcomes = await Promise.all(Array.from({ length: 6 }, () => judgeTask(id)));
    expect(outcomes.filter((outcome) => outcome === 'verified')).toHaveLength(1);
    expect(await db.payout.count({ where: { taskId: id } })).toBe(1);
    expect(await brokenInvariants()).toEqual([]);
  });

  it('of a bot is rejected with a reason the worker can read, and the task is routed on', async () => {
    const id = await create();
    await answer(id, 0, 'yes', true);
    expect(await judgeTask(id)).toBe('rejected');
    const [rejected] = await db.answer.findMany({ where: { taskId: id } });
    expect(rejected?.rejectionCode).toBe('anomalous_behaviour');
    expect(rejected?.rejectionMessage).toBeTruthy();
    expect((await getTask(customer, id)).status).toBe('posted');
    await answer(id, 1, 'no');
    expect(await judgeTask(id)).toBe('verified');
  });

  it('fails the task, free of charge, when the third is rejected', async () => {
    const id = await create();
    for (const nth of [0, 1, 2]) {
      await answer(id, nth, 'yes', true);
      await judgeTask(id);
    }
    const task = await getTask(customer, id);
    expect(task).toMatchObject({ status: 'failed', cost_sats: { charged: 0, fee: 0 } });
    expect(task.failure_reason?.code).toBe('anomalous_behaviour');
    expect(await brokenInvariants()).toEqual([]);
  });
});

describe('a critical task', () => {
  const critical = async () => {
    const id = await create({ risk_tier: 'critical' });
    for (const nth of [0, 1, 2]) await answer(id, nth, nth === 2 ? 'no' : 'yes');
    // Newcomers raise doubt, so more votes are requested before a reviewer decides.
    for (let nth = 3; (await judgeTask(id)) === 'need_vote'; nth++) await answer(id, nth, 'yes');
    return id;
  };

  it('waits for a reviewer, whose acceptance verifies it', async () => {
    const id = await critical();
    const review = await reviewOf(id);
    expect((await getTask(customer, id)).status).toBe('submitted');
    await decideReview(operator, { reviewId: review?.id ?? '', decision: 'accept' });
    expect(await judgeTask(id)).toBe('verified');
    const task = await getTask(customer, id);
    expect(task.output).toEqual({ verdict: 'yes' });
    expect(task.payouts).toHaveLength(task.votes_used);
  });

  it('takes the reviewer’s correction as its output', async () => {
    const id = await critical();
    const review = await reviewOf(id);
    const wrong = { reviewId: review?.id ?? '', decision: 'correct' as const };
    await expect(
      decideReview(operator, { ...wrong, output: { verdict: 'perhaps' } }),
    ).rejects.toMatchObject({ status: 400 });
    await decideReview(operator, { ...wrong, output: { verdict: 'no' } });
    await judgeTask(id);
    expect((await getTask(customer, id)).output).toEqual({ verdict: 'no' });
  });

  it('fails on the reviewer’s rejection, and a second word comes too late', async () => {
    const id = await critical();
    const review = await reviewOf(id);
    await decideReview(operator, { reviewId: review?.id ?? '', decision: 'reject' });
    await judgeTask(id);
    expect((await getTask(customer, id)).status).toBe('failed');
    const answers = await db.answer.findMany({ where: { taskId: id } });
    for (const { output, status } of answers) {
      // Those who disagreed were not rejected.
      const said = (output as { verdict: string }).verdict;
      expect(status).toBe(said === 'yes' ? 'rejected' : 'accepted');
    }
    await expect(
      decideReview(operator, { reviewId: review?.id ?? '', decision: 'accept' }),
    ).rejects.toMatchObject({ status: 409, code: 'review_closed' });
    expect(await brokenInvariants()).toEqual([]);
  });

  it('is reviewed by operators of its mode only, and not by somebody who voted', async () => {
    const id = await critical();
    const review = await reviewOf(id);
    const decision = { reviewId: review?.id ?? '', decision: 'accept' as const };
    await expect(decideReview(customer, decision)).rejects.toMatchObject({ status: 403 });
    const elsewhere: Actor = { ...operator, mode: 'live' };
    await expect(decideReview(elsewhere, decision)).rejects.toMatchObject({ status: 404 });
    const voter: Actor = { kind: 'operator', userId: workers[0]?.userId ?? '', mode: 'test' };
    await expect(decideReview(voter, decision)).rejects.toMatchObject({ code: 'reviewer_voted' });
  });
});
