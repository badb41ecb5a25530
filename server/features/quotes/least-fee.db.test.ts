import { afterEach, beforeAll, expect, it } from 'vitest';
import { claimTask } from '@/server/features/routing';
import { CreateTask, createTask, getTask, submitAnswer } from '@/server/features/tasks';
import { judgeTask } from '@/server/features/verification';
import type { OrganizationActor, WorkerActor } from '@/server/platform/actor';
import { clock } from '@/server/platform/clock';
import { db } from '@/server/platform/db';
import { env } from '@/server/platform/env';
import { useTestDatabase } from '@/server/testing/database';
import { createOrganization, keyActor, workerActor } from '@/server/testing/factories';
import { brokenInvariants } from '@/server/testing/invariants';
import { quoteTask } from './quote-task';

useTestDatabase();

const BODY = CreateTask.parse({
  type: 'cheap',
  payload: {},
  output_schema: { type: 'object', required: ['ok'], properties: { ok: { type: 'boolean' } } },
  payout_sats: 100,
  risk_tier: 'low',
  skills_required: ['least_fee'],
});

let customer: OrganizationActor;
let worker: WorkerActor;
beforeAll(async () => {
  customer = await keyActor(await createOrganization(), 'test');
  worker = await workerActor({ skills: ['least_fee'], capacity: 10 });
});

const formerly = env.PLATFORM_FEE_MIN_SATS;
afterEach(() => {
  env.PLATFORM_FEE_MIN_SATS = formerly;
});

async function answer(taskId: string) {
  const { assignmentId } = await claimTask(worker, { taskId });
  const startedAt = new Date(clock.nowMs() - 20_000);
  await db.assignment.update({ where: { id: assignmentId }, data: { startedAt } });
  await submitAnswer(worker, { assignmentId, output: { ok: true } });
  expect(await judgeTask(taskId)).toBe('verified');
}

it('is in the quote, the hold and the charge', async () => {
  env.PLATFORM_FEE_MIN_SATS = 25;
  const quote = await quoteTask(customer, BODY);
  expect(quote.cost_sats).toEqual({ held: 125, payout_max: 100, fee_max: 25 });
  expect(quote.tiers.find(({ risk_tier }) => risk_tier === 'low')).toMatchObject({
    held_sats: 125,
    expected_cost_sats: 125,
  });
  const { task } = await createTask(customer, BODY);
  expect(task.cost_sats).toEqual({ held: 125, charged: 0, fee: 0 });
  await answer(task.id);
  const { cost_sats } = await getTask(customer, task.id);
  expect(cost_sats).toEqual({ held: 125, charged: 125, fee: 25 });
  expect(await brokenInvariants()).toEqual([]);
});

it('takes no more than was held, where it was raised after the create', async () => {
  const { task } = await createTask(customer, BODY);
  env.PLATFORM_FEE_MIN_SATS = 500;
  await answer(task.id);
  const { cost_sats } = await getTask(customer, task.id);
  expect(cost_sats).toEqual({ held: 110, charged: 110, fee: 10 });
  expect(await brokenInvariants()).toEqual([]);
});
