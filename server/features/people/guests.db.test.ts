import { describe, expect, it } from 'vitest';
import { listQueue, routeTask } from '@/server/features/routing';
import { createTask } from '@/server/features/tasks';
import { CreateTask } from '@/server/features/tasks/schema';
import { saveSkills } from '@/server/features/workers';
import { db, transaction } from '@/server/platform/db';
import { useTestDatabase } from '@/server/testing/database';
import {
  createOrganization,
  createWorker,
  keyActor,
  memberActor,
  workerActor,
} from '@/server/testing/factories';
import { removePerson, setPersonStatus, updatePerson } from './change-person';
import { inviteWorkers } from './invite-workers';
import { acceptPoolInvitation, viewPoolInvitation } from './join-pool';
import { listPeople } from './list-people';

useTestDatabase();

const SKILL = 'labelling';

async function setUp() {
  await transaction((tx) => saveSkills(tx, [{ name: SKILL, description: 'Under test.' }]));
  // At least one worker has the skill, so that every organization can require it.
  await createWorker({ mode: 'live', skills: [SKILL], online: false });
  const organization = await createOrganization();
  return { organization, owner: await memberActor(organization, 'live') };
}

async function linkFor(owner: Awaited<ReturnType<typeof setUp>>['owner']) {
  const [made] = await inviteWorkers(owner, { skills: [SKILL] });
  return { token: made?.url.split('/').at(-1) ?? '' };
}

async function newTask(organization: { id: string }) {
  const body = CreateTask.parse({
    type: 'pooled',
    payload: {},
    payout_sats: 1,
    sla_seconds: 3_600,
    skills_required: [SKILL],
  });
  return (await createTask(await keyActor(organization, 'live'), body)).task;
}

describe('a worker of another pool who joins', () => {
  it('keeps the account and everything in it, and answers for this organization as a guest', async () => {
    const { organization, owner } = await setUp();
    const elsewhere = await createOrganization();
    const worker = await createWorker({ mode: 'live', pool: elsewhere, tier: 'high' });
    const { token } = await linkFor(owner);
    expect(await viewPoolInvitation(token, worker.userId)).toMatchObject({ becomes: 'guest' });
    const joined = await acceptPoolInvitation(
      { userId: worker.userId ?? '', sessionId: '' },
      token,
    );
    expect(joined.workerId).toBe(worker.id);
    expect(await db.worker.findUnique({ where: { id: worker.id } })).toMatchObject({
      poolOrganizationId: elsewhere.id,
      tier: 'high',
    });
    const { data } = await listPeople(owner, {});
    expect(data).toMatchObject([{ guest: true, grantedSkills: [SKILL] }]);
    const task = await newTask(organization);
    expect((await listQueue(await workerActor(worker))).items.map(({ taskId }) => taskId)).toEqual([
      task.id,
    ]);
    await routeTask(task.id);
    expect(await db.assignment.count({ where: { taskId: task.id, workerId: worker.id } })).toBe(1);
  });

  it('holds what was granted here for this organization’s tasks alone', async () => {
    const { owner } = await setUp();
    const other = await createOrganization();
    const worker = await createWorker({ mode: 'live' });
    await acceptPoolInvitation(
      { userId: worker.userId ?? '', sessionId: '' },
      (await linkFor(owner)).token,
    );
    const task = await newTask(other);
    await routeTask(task.id);
    expect(await db.assignment.count({ where: { taskId: task.id, workerId: worker.id } })).toBe(0);
    expect(
      (await listQueue(await workerActor(worker))).items.map(({ taskId }) => taskId),
    ).not.toContain(task.id);
  });

  it('is paused and taken out for this organization alone, and set elsewhere in the rest', async () => {
    const { organization, owner } = await setUp();
    const worker = await createWorker({ mode: 'live', capacity: 4 });
    const workerId = worker.id;
    await acceptPoolInvitation(
      { userId: worker.userId ?? '', sessionId: '' },
      (await linkFor(owner)).token,
    );
    await expect(
      updatePerson(owner, { workerId, version: 1, skills: [], capacity: 9 }),
    ).rejects.toMatchObject({ code: 'set_elsewhere' });
    await setPersonStatus(owner, { workerId, status: 'paused' });
    const task = await newTask(organization);
    const inQueue = async () =>
      (await listQueue(await workerActor(worker))).items.some(({ taskId }) => taskId === task.id);
    expect(await inQueue()).toBe(false);
    await setPersonStatus(owner, { workerId, status: 'active' });
    expect(await inQueue()).toBe(true);
    await removePerson(owner, workerId);
    expect((await listPeople(owner, {})).data).toEqual([]);
    expect(await db.worker.findUnique({ where: { id: workerId } })).toMatchObject({
      status: 'active',
      capacity: 4,
      removedAt: null,
    });
  });
});
