import { beforeEach, describe, expect, it, onTestFinished } from 'vitest';
import { routeTask } from '@/server/features/routing';
import {
  CreateTask,
  createTask,
  onAnswered,
  startAssignment,
  submitAnswer,
} from '@/server/features/tasks';
import { db } from '@/server/platform/db';
import { createHintQueue } from '@/server/platform/outbox';
import { useTestDatabase } from '@/server/testing/database';
import { createOrganization, keyActor, workerActor } from '@/server/testing/factories';
import { useStack } from '@/server/testing/stack';
import { createTestClock } from '@/server/testing/test-clock';
import { judgeTasks } from './index';

const clock = createTestClock();
const database = useTestDatabase();
const stack = useStack(database, clock);

beforeEach(async () => {
  await stack.settle();
  await db.worker.updateMany({ data: { online: false } });
});

async function answered(): Promise<string> {
  const worker = await workerActor({ mode: 'live', capacity: 5 });
  const customer = await keyActor(await createOrganization(), 'live');
  const body = {
    type: 'hinted',
    payload: {},
    output_schema: { type: 'object', properties: { ok: { type: 'boolean' } } },
    payout_sats: 10,
    sla_seconds: 600,
  };
  const { task } = await createTask(customer, CreateTask.parse(body));
  await routeTask(task.id);
  const { id: assignmentId } = await db.assignment.findFirstOrThrow({ where: { taskId: task.id } });
  await startAssignment(worker, { assignmentId });
  clock.advanceMs(20_000);
  await submitAnswer(worker, { assignmentId, output: { ok: true } });
  return task.id;
}

const statusOf = async (id: string) => (await db.task.findUniqueOrThrow({ where: { id } })).status;

describe('a submitted answer', () => {
  it('is judged in the process that took it, without the job engine', async () => {
    onTestFinished(onAnswered(createHintQueue('Judging', judgeTasks).push));
    const taskId = await answered();
    await expect.poll(() => statusOf(taskId), { timeout: 5_000 }).not.toBe('submitted');
    expect(await statusOf(taskId)).toBe('verified');
  });

  it('is judged by a job where the hint was lost with its process', async () => {
    onTestFinished(onAnswered(() => undefined));
    const taskId = await answered();
    await stack.settle();
    expect(await statusOf(taskId)).toBe('submitted');
    await stack.advance(2_000);
    expect(await statusOf(taskId)).toBe('verified');
  });
});
