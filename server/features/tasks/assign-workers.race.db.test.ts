import pg from 'pg';
import { afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { db, transaction } from '@/server/platform/db';
import { useTestDatabase } from '@/server/testing/database';
import { createOrganization, keyActor, workerActor } from '@/server/testing/factories';
import { brokenInvariants } from '@/server/testing/invariants';
import { createTasks } from './create-tasks';
import { assignWorker, assignWorkers, CreateTask, startAssignment } from './index';

useTestDatabase();

let customer: Awaited<ReturnType<typeof keyActor>>;
beforeAll(async () => {
  customer = await keyActor(await createOrganization(), 'test');
});
afterEach(() => vi.restoreAllMocks());

async function makeTasks(count: number, votes: number): Promise<string[]> {
  const body = CreateTask.parse({
    ...{ type: 'several', payload: {}, payout_sats: 1, sla_seconds: 3_600 },
    redundancy: { min_votes: votes, max_votes: votes },
  });
  const bodies = Array.from({ length: count }, () => body);
  return (await createTasks(customer, bodies)).map((each) => (each.ok ? each.task.id : ''));
}

const makeWorkers = (count: number, capacity: number) =>
  Promise.all(
    Array.from({ length: count }, () => workerActor({ mode: 'test', capacity, online: false })),
  );

const seats = { status: 'offered', backup: false, by: 'routing' } as const;

describe('seats of several tasks that are given at once', () => {
  it('take seven statements, and each task tells of its own', async () => {
    const workers = await makeWorkers(3, 100);
    const workerIds = workers.map(({ workerId }) => workerId);
    const taskIds = await makeTasks(10, 3);
    const query = vi.spyOn(pg.Client.prototype, 'query');
    const made = await Promise.all(
      taskIds.map((taskId) => assignWorkers({ ...seats, taskId, workerIds })),
    );
    expect(query).toHaveBeenCalledTimes(7);
    for (const [n, taskId] of taskIds.entries()) {
      const rows = await db.assignment.findMany({ where: { taskId }, orderBy: { id: 'asc' } });
      expect(rows.map(({ id }) => id)).toEqual(made[n]);
      expect(rows.map(({ workerId }) => workerId)).toEqual(workerIds);
      const events = await db.taskEvent.findMany({
        where: { taskId },
        orderBy: { sequence: 'asc' },
      });
      expect(events.map(({ type, sequence }) => [type, sequence])).toEqual([
        ...[['task.created', 1] as const, ['task.assigned', 2] as const],
        ...[['assignment.joined', 3] as const, ['assignment.joined', 4] as const],
      ]);
    }
    const tasks = await db.task.findMany({ where: { id: { in: taskIds } } });
    expect(tasks.every(({ status, openSeats }) => status === 'assigned' && openSeats === 0)).toBe(
      true,
    );
    expect(await brokenInvariants()).toEqual([]);
  });

  it('go to a worker as far as there is room, and of one task to each worker once', async () => {
    const [{ workerId } = { workerId: '' }] = await makeWorkers(1, 2);
    const [first = '', ...others] = await makeTasks(4, 3);
    const asked = [first, first, ...others].map((taskId) =>
      assignWorkers({ ...seats, taskId, workerIds: [workerId] }),
    );
    expect((await Promise.all(asked)).map((made) => made.length)).toEqual([1, 0, 1, 0, 0]);
    expect(await brokenInvariants()).toEqual([]);
  });

  it('are begun together, each once', async () => {
    const [worker] = await makeWorkers(1, 9);
    if (!worker) throw new Error('No worker was made.');
    const workerIds = [worker.workerId];
    const taskIds = await makeTasks(3, 1);
    const made = await Promise.all(
      taskIds.map((taskId) => assignWorkers({ ...seats, taskId, workerIds })),
    );
    const ids = made.flat();
    await Promise.all(
      [...ids, ...ids].map((assignmentId) => startAssignment(worker, { assignmentId })),
    );
    expect(await db.assignment.count({ where: { id: { in: ids }, status: 'active' } })).toBe(3);
    const told = { topic: 'assignment.started', key: { in: ids } };
    expect(await db.outboxRow.count({ where: told })).toBe(3);
  });
});

describe('a worker’s last places', () => {
  it('are given once, however many transactions want them', async () => {
    const [{ workerId } = { workerId: '' }] = await makeWorkers(1, 5);
    const taskIds = await makeTasks(20, 1);
    const made = await Promise.all([
      ...taskIds
        .slice(0, 10)
        .map((taskId) => assignWorkers({ ...seats, taskId, workerIds: [workerId] })),
      ...taskIds
        .slice(10)
        .map((taskId) => transaction((tx) => assignWorker(tx, { ...seats, taskId, workerId }))),
    ]);
    expect(made.flat().filter((id) => id !== null)).toHaveLength(5);
    expect(await db.assignment.count({ where: { workerId } })).toBe(5);
    expect(await brokenInvariants()).toEqual([]);
  });
});
