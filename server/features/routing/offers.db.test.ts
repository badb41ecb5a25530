import { afterEach, beforeEach, describe, expect, it, onTestFinished } from 'vitest';
import { CreateTask, createTask, lapseAssignment, startAssignment } from '@/server/features/tasks';
import { onWorkersOnline, setOnline } from '@/server/features/workers';
import type { WorkerActor } from '@/server/platform/actor';
import { useClock } from '@/server/platform/clock';
import { db } from '@/server/platform/db';
import { createHintQueue } from '@/server/platform/outbox';
import { useTestDatabase } from '@/server/testing/database';
import { createOrganization, keyActor, workerActor } from '@/server/testing/factories';
import { brokenInvariants } from '@/server/testing/invariants';
import { createTestClock } from '@/server/testing/test-clock';
import { declineOffer } from '../tasks/release-assignment';
import { routeForWorkers, routeTask, routeTasks } from './index';

useTestDatabase();

const clock = createTestClock();
let restore: () => void;
beforeEach(async () => {
  restore = useClock(clock);
  await db.worker.updateMany({ data: { online: false } });
});
afterEach(() => restore());

async function offerTo(worker: WorkerActor): Promise<{ taskId: string; assignmentId: string }> {
  const customer = await keyActor(await createOrganization(), 'test');
  const body = { type: 'offered', payload: {}, payout_sats: 10, sla_seconds: 300 };
  const { task } = await createTask(customer, CreateTask.parse(body));
  const [assignmentId = ''] = await routeTask(task.id);
  const offer = await db.assignment.findUniqueOrThrow({ where: { id: assignmentId } });
  expect(offer).toMatchObject({ workerId: worker.workerId, status: 'offered' });
  return { taskId: task.id, assignmentId };
}

const reliabilityOf = async ({ workerId }: WorkerActor) =>
  (await db.worker.findUniqueOrThrow({ where: { id: workerId } })).reliability;

it('a task that waits is offered to a worker who comes online, without the job engine', async () => {
  const worker = await workerActor({ capacity: 1, online: false });
  const customer = await keyActor(await createOrganization(), 'test');
  const body = { type: 'waiting', payload: {}, payout_sats: 10, sla_seconds: 300 };
  const { task } = await createTask(customer, CreateTask.parse(body));
  onTestFinished(onWorkersOnline(createHintQueue('Routing', routeForWorkers).push));
  await setOnline(worker, { online: true });
  await expect
    .poll(() => db.assignment.findFirst({ where: { taskId: task.id } }), { timeout: 3_000 })
    .toMatchObject({ workerId: worker.workerId, status: 'offered' });
});

it('a batch of tasks spreads over all who are free, also past those whom one look lists', async () => {
  const customer = await keyActor(await createOrganization(), 'test');
  const workers = await Promise.all(Array.from({ length: 45 }, () => workerActor({ capacity: 1 })));
  const body = { type: 'many', payload: {}, payout_sats: 1, sla_seconds: 300 };
  const ids: string[] = [];
  for (let n = 0; n < 55; n++) {
    ids.push((await createTask(customer, CreateTask.parse(body))).task.id);
  }
  expect(await routeTasks(ids)).toHaveLength(45);
  const rows = await db.assignment.findMany({ where: { taskId: { in: ids } } });
  expect(new Set(rows.map(({ taskId }) => taskId)).size).toBe(45);
  expect(new Set(rows.map(({ workerId }) => workerId))).toEqual(
    new Set(workers.map(({ workerId }) => workerId)),
  );
  expect(await routeTasks(ids)).toEqual([]);
  expect(await brokenInvariants()).toEqual([]);
});

describe('an offer', () => {
  it('that is declined goes on to the next worker at once, and costs nothing', async () => {
    const first = await workerActor({ onCall: true, capacity: 1 });
    const second = await workerActor({ capacity: 1 });
    const before = await reliabilityOf(first);
    const { taskId, assignmentId } = await offerTo(first);
    expect(await declineOffer(first, { assignmentId })).toEqual({ declined: true });
    expect(await reliabilityOf(first)).toBe(before);
    await routeTask(taskId);
    const rows = await db.assignment.findMany({ where: { taskId }, orderBy: { id: 'asc' } });
    expect(rows.map(({ workerId, status }) => [workerId, status])).toEqual([
      [first.workerId, 'released'],
      [second.workerId, 'offered'],
    ]);
    expect(await declineOffer(first, { assignmentId })).toEqual({ declined: false });
    expect(await brokenInvariants()).toEqual([]);
  });

  it('that nobody takes up costs nothing, while one that was begun and left does', async () => {
    const ignored = await workerActor({ capacity: 1 });
    const before = await reliabilityOf(ignored);
    const offer = await offerTo(ignored);
    clock.advanceMs(61_000);
    expect(await lapseAssignment(offer.assignmentId)).toBe(true);
    expect(await reliabilityOf(ignored)).toBe(before);
    await db.worker.updateMany({ data: { online: false } });

    const left = await workerActor({ capacity: 1 });
    const begun = await offerTo(left);
    await startAssignment(left, begun);
    clock.advanceMs(301_000);
    expect(await lapseAssignment(begun.assignmentId)).toBe(true);
    expect(await reliabilityOf(left)).toBeLessThan(before);
  });

  it('cannot be declined once it was begun, nor by anybody else', async () => {
    const worker = await workerActor({ capacity: 1 });
    const offer = await offerTo(worker);
    await expect(declineOffer(await workerActor(), offer)).rejects.toMatchObject({ status: 404 });
    await startAssignment(worker, offer);
    expect(await declineOffer(worker, offer)).toEqual({ declined: false });
    const { status } = await db.assignment.findUniqueOrThrow({
      where: { id: offer.assignmentId },
    });
    expect(status).toBe('active');
  });
});
