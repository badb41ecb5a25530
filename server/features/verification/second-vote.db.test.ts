import { beforeAll, describe, expect, it } from 'vitest';
import { claimTask } from '@/server/features/routing';
import {
  CreateTask,
  closeOverdueVotings,
  closeVoting,
  createTask,
  getTask,
  submitAnswer,
} from '@/server/features/tasks';
import type { OrganizationActor, WorkerActor } from '@/server/platform/actor';
import { clock } from '@/server/platform/clock';
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

let customer: OrganizationActor;
let doubtful: WorkerActor;
let other: WorkerActor;

/** Each test has its own workers, because availability is what it tests. */
beforeAll(async () => {
  customer = await keyActor(await createOrganization(), 'test');
  [doubtful, other] = await Promise.all([
    workerActor({ skills: ['second_vote'], capacity: 100 }),
    workerActor({ skills: ['second_vote'], capacity: 100 }),
  ]);
  await recordGolds(doubtful, 1, 8);
  await recordGolds(other, 5, 5);
});

async function recordGolds({ workerId }: WorkerActor, goldCorrect: number, goldTotal: number) {
  const { organizationId } = customer;
  await db.workerTypeRecord.create({
    data: { workerId, organizationId, type: 'doubted', goldCorrect, goldTotal },
  });
}

const create = async (over: Partial<CreateTask> = {}) => {
  const body = { type: 'doubted', payload: {}, output_schema: SCHEMA, payout_sats: 10 };
  const whole = { ...body, skills_required: ['second_vote'], ...over };
  return (await createTask(customer, CreateTask.parse(whole))).task.id;
};

async function answer(taskId: string, worker: WorkerActor, verdict: string) {
  const { assignmentId } = await claimTask(worker, { taskId });
  const startedAt = new Date(clock.nowMs() - 20_000);
  await db.assignment.update({ where: { id: assignmentId }, data: { startedAt } });
  await submitAnswer(worker, { assignmentId, output: { verdict } });
  return judgeTask(taskId);
}

const setOnline = ({ workerId }: WorkerActor, online: boolean) =>
  db.worker.update({ where: { id: workerId }, data: { online } });

describe('a medium task of the public pool', () => {
  it('holds for two votes, and pays one where its worker is proven', async () => {
    const id = await create();
    expect((await getTask(customer, id)).redundancy).toMatchObject({ min_votes: 1, max_votes: 2 });
    expect(await answer(id, other, 'yes')).toBe('verified');
    const { votes_used, cost_sats } = await getTask(customer, id);
    expect({ votes_used, cost_sats }).toEqual({
      votes_used: 1,
      cost_sats: { held: 22, charged: 11, fee: 1 },
    });
  });

  it('buys a second vote where golds speak against the voter', async () => {
    const id = await create();
    expect(await answer(id, doubtful, 'yes')).toBe('need_vote');
    expect(await answer(id, other, 'no')).toBe('verified');
    const task = await getTask(customer, id);
    expect(task).toMatchObject({ votes_used: 2 });
    expect(task.confidence).toBeLessThan(0.8);
    expect(await brokenInvariants()).toEqual([]);
  });

  it('is verified at once where nobody else is there, with the confidence it has', async () => {
    await setOnline(other, false);
    const id = await create();
    const outcome = await answer(id, doubtful, 'yes');
    await setOnline(other, true);
    expect(outcome).toBe('verified');
    expect(await getTask(customer, id)).toMatchObject({
      votes_used: 1,
      output: { verdict: 'yes' },
    });
  });

  it('is verified at once where a second answer would come too late', async () => {
    const id = await create({ sla_seconds: 100 });
    const expiresAt = new Date(clock.nowMs() + 15_000);
    await db.task.update({ where: { id }, data: { expiresAt } });
    expect(await answer(id, doubtful, 'yes')).toBe('verified');
  });
});

describe('a second vote that does not come', () => {
  it('is waited for no longer once its time is up, and what is in hand is verified and paid', async () => {
    const id = await create();
    expect(await answer(id, doubtful, 'yes')).toBe('need_vote');
    expect(await closeVoting(id, { evenIfAtWork: false })).toBe(true);
    expect(await judgeTask(id)).toBe('verified');
    const task = await getTask(customer, id);
    expect(task).toMatchObject({ votes_used: 1, cost_sats: { charged: 11 } });
    expect(await brokenInvariants()).toEqual([]);
  });

  it('may be under way until the last call, which the sweep makes where a timer is lost', async () => {
    const id = await create({ sla_seconds: 100 });
    expect(await answer(id, doubtful, 'yes')).toBe('need_vote');
    await claimTask(other, { taskId: id });
    expect(await closeVoting(id, { evenIfAtWork: false })).toBe(false);
    await closeOverdueVotings();
    expect((await getTask(customer, id)).status).toBe('assigned');
    const expiresAt = new Date(clock.nowMs() + 4_000);
    await db.task.update({ where: { id }, data: { expiresAt } });
    await closeOverdueVotings();
    expect(await judgeTask(id)).toBe('verified');
    expect(await brokenInvariants()).toEqual([]);
  });

  it('is no reason to give up votes that were asked for', async () => {
    const id = await create({ redundancy: { min_votes: 2, max_votes: 2 } });
    await answer(id, other, 'yes');
    expect(await closeVoting(id, { evenIfAtWork: true })).toBe(false);
  });
});
