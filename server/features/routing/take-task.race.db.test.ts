import { beforeAll, describe, expect, it } from 'vitest';
import { CreateTask, createTask, listAssignments } from '@/server/features/tasks';
import type { WorkerActor } from '@/server/platform/actor';
import { db } from '@/server/platform/db';
import { useTestDatabase } from '@/server/testing/database';
import { createOrganization, keyActor, workerActor } from '@/server/testing/factories';
import { brokenInvariants } from '@/server/testing/invariants';
import { AtCapacity, claimTask, routeTask, takeNextTask } from './index';

useTestDatabase();

const ROUNDS = 100;
const body = CreateTask.parse({ type: 'raced', payload: {}, payout_sats: 1, sla_seconds: 3_600 });

let customer: Awaited<ReturnType<typeof keyActor>>;
let workers: WorkerActor[];

beforeAll(async () => {
  customer = await keyActor(await createOrganization(), 'test');
  workers = await Promise.all(
    Array.from({ length: 6 }, () => workerActor({ mode: 'test', capacity: 1_000 })),
  );
});

/** The assignment an attempt won; null if another caller was first. */
const wonBy = (attempt: Promise<string[] | { assignmentId: string } | null>) =>
  attempt.then(
    (won) => (Array.isArray(won) ? (won[0] ?? null) : (won?.assignmentId ?? null)),
    (error: { status?: number }) => {
      if (error.status !== 409) throw error;
      return null;
    },
  );

describe('a race for one task', () => {
  it(`has one winner in each of ${ROUNDS} rounds, among claims, takes and routing`, async () => {
    for (let round = 0; round < ROUNDS; round++) {
      const { task } = await createTask(customer, body);
      const wins = await Promise.all([
        ...workers.slice(0, 3).map((worker) => wonBy(claimTask(worker, { taskId: task.id }))),
        ...workers.slice(3, 5).map((worker) => wonBy(takeNextTask(worker))),
        wonBy(routeTask(task.id)),
      ]);
      // The routed worker may accept its offer at the same moment and get the same assignment; a worker
      // routed to in an earlier round may accept that one instead.
      const made = await db.assignment.findMany({ where: { taskId: task.id } });
      expect(made, `round ${round}`).toHaveLength(1);
      expect(wins).toContain(made[0]?.id);
    }
    expect(await brokenInvariants()).toEqual([]);
  }, 120_000);

  it('gives many tasks to many workers at once, each task once', async () => {
    const made = await Promise.all(
      Array.from({ length: 40 }, () => createTask(customer, { ...body, type: 'handed_out' })),
    );
    const taken = await Promise.all(
      Array.from({ length: 60 }, (_, i) =>
        takeNextTask(workers[i % workers.length] as WorkerActor),
      ),
    );
    const won = taken.filter((each) => each !== null);
    // A take that met only locked rows finds nothing and would be retried; no assignment is given twice.
    expect(new Set(won.map((each) => each.assignmentId)).size).toBe(won.length);
    const assignments = await db.assignment.groupBy({
      by: ['taskId'],
      where: { taskId: { in: made.map(({ task }) => task.id) } },
      _count: true,
    });
    expect(assignments.every((each) => each._count === 1)).toBe(true);
    expect(await brokenInvariants()).toEqual([]);
  });

  it('never lets a worker hold more than its capacity, however it asks', async () => {
    const single = await workerActor({ mode: 'test', capacity: 2 });
    await Promise.all(Array.from({ length: 8 }, () => createTask(customer, body)));
    const attempts = await Promise.allSettled(
      Array.from({ length: 8 }, () => takeNextTask(single)),
    );
    const refused = attempts.filter(
      (attempt) => attempt.status === 'rejected' && !(attempt.reason instanceof AtCapacity),
    );
    expect(refused).toEqual([]);
    expect((await listAssignments(single)).length).toBeLessThanOrEqual(2);
    for (let i = 0; i < 3; i++) await takeNextTask(single).catch(() => null);
    expect(await listAssignments(single)).toHaveLength(2);
  });
});
