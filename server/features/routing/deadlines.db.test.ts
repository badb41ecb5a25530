import { beforeAll, describe, expect, it } from 'vitest';
import { CreateTask, createTask, getTask, startAssignment } from '@/server/features/tasks';
import { db } from '@/server/platform/db';
import { useTestDatabase } from '@/server/testing/database';
import { createOrganization, keyActor, workerActor } from '@/server/testing/factories';
import { brokenInvariants } from '@/server/testing/invariants';
import { useStack } from '@/server/testing/stack';
import { createTestClock } from '@/server/testing/test-clock';

const clock = createTestClock();
const stack = useStack(useTestDatabase(), clock);
let customer: Awaited<ReturnType<typeof keyActor>>;

beforeAll(async () => {
  customer = await keyActor(await createOrganization(), 'live');
});

const create = async (slaSeconds: number, type: string) => {
  const body = { type, payload: {}, payout_sats: 10, sla_seconds: slaSeconds };
  const { task } = await createTask(customer, CreateTask.parse(body));
  await stack.settle();
  return task.id;
};
const statusOf = async (id: string) => (await getTask(customer, id)).status;
const assignmentsOf = (taskId: string) =>
  db.assignment.findMany({ where: { taskId }, orderBy: { id: 'asc' } });

describe('what happens when nobody hurries', () => {
  it('expires a task that nobody takes at its SLA, not before, and frees the hold', async () => {
    const offline = await workerActor({ mode: 'live', online: false });
    const id = await create(30, 'nobody_online');
    await stack.advance(29_000);
    expect(await statusOf(id)).toBe('posted');
    await stack.advance(2_000);
    expect(await statusOf(id)).toBe('expired');
    const events = await db.taskEvent.findMany({ where: { taskId: id } });
    expect(events.map((event) => event.type).sort()).toEqual(['task.created', 'task.expired']);
    expect(await brokenInvariants()).toEqual([]);
    await db.worker.update({ where: { id: offline.workerId }, data: { status: 'paused' } });
  });

  it('routes an offer that is not taken up to the next worker', async () => {
    const first = await workerActor({ mode: 'live', capacity: 1 });
    const second = await workerActor({ mode: 'live', capacity: 1 });
    const id = await create(300, 'slow_to_start');
    const [offer] = await assignmentsOf(id);
    expect(offer?.status).toBe('offered');
    await stack.advance(62_000);
    const after = await assignmentsOf(id);
    expect(after.map((each) => each.status)).toEqual(['lapsed', 'offered']);
    expect(new Set(after.map((each) => each.workerId))).toEqual(
      new Set([first.workerId, second.workerId]),
    );
    expect(await statusOf(id)).toBe('assigned');
    expect(await brokenInvariants()).toEqual([]);
    await db.worker.updateMany({ data: { status: 'paused' } });
  });

  it('calls one backup at 80 % of the SLA, beside the worker who has started', async () => {
    const first = await workerActor({ mode: 'live', capacity: 1 });
    const id = await create(200, 'needs_backup');
    const [offer] = await assignmentsOf(id);
    await startAssignment(first, { assignmentId: offer?.id ?? '' });
    await stack.settle();
    await stack.advance(158_000);
    expect(await assignmentsOf(id)).toHaveLength(1);
    // Room for the earlier test's task too, which still waits and is the first to be routed.
    const second = await workerActor({ mode: 'live', capacity: 2 });
    await stack.advance(4_000);
    const both = await assignmentsOf(id);
    expect(both.map((each) => [each.workerId, each.backup])).toEqual([
      [first.workerId, false],
      [second.workerId, true],
    ]);
    await stack.advance(45_000);
    expect(await statusOf(id)).toBe('expired');
    expect(await brokenInvariants()).toEqual([]);
  });
});
