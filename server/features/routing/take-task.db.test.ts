import { beforeEach, describe, expect, it } from 'vitest';
import { CreateTask, createTask, listAssignments } from '@/server/features/tasks';
import type { WorkerActor } from '@/server/platform/actor';
import { db } from '@/server/platform/db';
import { newId } from '@/server/platform/ids';
import { useTestDatabase } from '@/server/testing/database';
import { createOrganization, keyActor, workerActor } from '@/server/testing/factories';
import { brokenInvariants } from '@/server/testing/invariants';
import { AtCapacity, claimTask, routeTask, takeNextTask } from './index';

useTestDatabase();

let customer: Awaited<ReturnType<typeof keyActor>>;
let worker: WorkerActor;
let offeredId: string;

async function makeTask(type: string): Promise<string> {
  const body = { type, payload: {}, payout_sats: 1, skills_required: [], sla_seconds: 3_600 };
  return (await createTask(customer, CreateTask.parse(body))).task.id;
}

const held = async () =>
  (await listAssignments(worker)).map(({ task, status }) => ({ taskId: task.id, status }));

/** One worker with capacity for one task, which is offered one. */
beforeEach(async () => {
  const organization = await createOrganization();
  customer = await keyActor(organization, 'test');
  worker = await workerActor({ mode: 'test', online: true, capacity: 1 });
  offeredId = await makeTask('offered');
  // Takes everybody else in this database offline, so that they cannot be chosen.
  await db.worker.updateMany({ where: { id: { not: worker.workerId } }, data: { online: false } });
  expect(await routeTask(offeredId)).toHaveLength(1);
});

describe('a worker who takes a task while one is offered', () => {
  it('takes up the offer where it is the same task', async () => {
    const { assignmentId } = await claimTask(worker, { taskId: offeredId });
    expect(await listAssignments(worker)).toMatchObject([{ id: assignmentId, status: 'active' }]);
  });

  it('takes up the offer where it asks for any task', async () => {
    await makeTask('other');
    await takeNextTask(worker);
    expect(await held()).toEqual([{ taskId: offeredId, status: 'active' }]);
  });

  it('gets the task it chose, and the offer goes on at no cost', async () => {
    const chosen = await makeTask('chosen');
    await claimTask(worker, { taskId: chosen });
    expect(await held()).toEqual([{ taskId: chosen, status: 'active' }]);
    expect(await db.task.findUniqueOrThrow({ where: { id: offeredId } })).toMatchObject({
      status: 'posted',
      openSeats: 1,
    });
    const record = await db.worker.findUniqueOrThrow({ where: { id: worker.workerId } });
    const fresh = await db.worker.findUniqueOrThrow({
      where: { id: (await workerActor()).workerId },
    });
    expect(record.reliability).toBe(fresh.reliability);
    expect(await brokenInvariants()).toEqual([]);
  });

  it('keeps the offer where the task it chose is gone', async () => {
    await expect(claimTask(worker, { taskId: newId() })).rejects.toMatchObject({ status: 409 });
    expect(await held()).toEqual([{ taskId: offeredId, status: 'offered' }]);
  });

  it('is refused once it is at work on as many as it may', async () => {
    await claimTask(worker, { taskId: offeredId });
    const other = await makeTask('other');
    await expect(claimTask(worker, { taskId: other })).rejects.toBeInstanceOf(AtCapacity);
    await expect(takeNextTask(worker)).rejects.toBeInstanceOf(AtCapacity);
    expect(await held()).toEqual([{ taskId: offeredId, status: 'active' }]);
  });
});
