import { describe, expect, it } from 'vitest';
import { setVettedWorkersOnly } from '@/server/features/organizations';
import { CreateTask, createTask } from '@/server/features/tasks';
import type { WorkerActor } from '@/server/platform/actor';
import { db } from '@/server/platform/db';
import { useTestDatabase } from '@/server/testing/database';
import {
  createOrganization,
  createWorker,
  keyActor,
  memberActor,
  workerActor,
} from '@/server/testing/factories';
import { openMedia } from '../media';
import { decideVetting } from '../workers/change-worker';
import { findOpening } from './find-opening';
import { claimTask, listQueue, previewTask, routeTask, takeNextTask } from './index';

useTestDatabase();

const body = CreateTask.parse({ type: 'pooled', payload: {}, payout_sats: 1, sla_seconds: 3_600 });
const workerOf = async (taskId: string) =>
  (await db.assignment.findFirst({ where: { taskId } }))?.workerId;

/** The worker's result at each entry point to a task of the public pool. */
async function doors(worker: WorkerActor, taskId: string) {
  const at = async (open: () => Promise<unknown>) =>
    open().then(
      () => 'open',
      () => 'closed',
    );
  const viewers = { worker, member: null, operator: null };
  const url = 'https://media.invalid/a.png';
  const signal = new AbortController().signal;
  const media = await openMedia(viewers, { taskId, url, signal }).then(
    () => 'open',
    (error: { status?: number }) => (error.status === 404 ? 'closed' : 'open'),
  );
  return {
    list: (await listQueue(worker)).items.length > 0 ? 'open' : 'closed',
    preview: await at(() => previewTask(worker, { taskId })),
    media,
    offer: (await findOpening(taskId))?.candidates.some(
      ({ workerId }) => workerId === worker.workerId,
    )
      ? 'open'
      : 'closed',
    claim: await at(() => claimTask(worker, { taskId })),
  };
}
const CLOSED = {
  list: 'closed',
  preview: 'closed',
  media: 'closed',
  offer: 'closed',
  claim: 'closed',
};
const OPEN = { list: 'open', preview: 'open', media: 'open', offer: 'open', claim: 'open' };

describe('the public pool', () => {
  const pictured = CreateTask.parse({
    ...body,
    payload: { image: 'https://media.invalid/a.png' },
    skills_required: ['looking'],
  });

  it('is closed to who has not confirmed their address, or lacks the skill', async () => {
    const organization = await createOrganization();
    const worker = await workerActor({ mode: 'live', skills: ['looking'] });
    const unskilled = await workerActor({ mode: 'live' });
    const { task } = await createTask(await keyActor(organization, 'live'), pictured);
    const confirm = (emailConfirmedAt: Date | null) =>
      db.user.update({ where: { id: worker.userId }, data: { emailConfirmedAt } });
    await confirm(null);
    expect(await doors(worker, task.id)).toEqual(CLOSED);
    expect(await doors(unskilled, task.id)).toEqual(CLOSED);
    await confirm(new Date());
    expect(await doors(worker, task.id)).toEqual(OPEN);
    await db.worker.updateMany({ data: { status: 'paused' } });
  });

  it('is closed to who was not vetted, where the organization asks for that', async () => {
    const organization = await createOrganization();
    const owner = await memberActor(organization, 'live');
    const worker = await workerActor({ mode: 'live', skills: ['looking'] });
    const { task } = await createTask(await keyActor(organization, 'live'), pictured);
    await setVettedWorkersOnly(owner, { vettedWorkersOnly: true });
    expect(await doors(worker, task.id)).toEqual(CLOSED);
    const operator = { kind: 'operator', userId: '', mode: 'live' } as const;
    const { workerId } = worker;
    await decideVetting(operator, { workerIds: [workerId], approved: true, reason: '' });
    expect(await doors(worker, task.id)).toEqual(OPEN);
    await db.worker.updateMany({ data: { status: 'paused' } });
  });

  it('asks nothing of the organization’s own people', async () => {
    const organization = await createOrganization();
    const owner = await memberActor(organization, 'live');
    await setVettedWorkersOnly(owner, { vettedWorkersOnly: true });
    const own = await workerActor({ mode: 'live', pool: organization, skills: ['looking'] });
    await db.user.update({ where: { id: own.userId }, data: { emailConfirmedAt: null } });
    const { task } = await createTask(await keyActor(organization, 'live'), pictured);
    expect(await doors(own, task.id)).toEqual(OPEN);
    await db.worker.updateMany({ data: { status: 'paused' } });
  });
});

describe('who may see a live task', () => {
  it('is only the organization’s own people, where it has switched the public pool off', async () => {
    const closed = await createOrganization();
    await db.organization.update({ where: { id: closed.id }, data: { publicPool: false } });
    const stranger = await workerActor({ mode: 'live' });
    const own = await createWorker({ mode: 'live', pool: closed, online: false });
    const { task } = await createTask(await keyActor(closed, 'live'), body);
    expect(await routeTask(task.id)).toEqual([]);
    expect((await listQueue(stranger)).items).toEqual([]);
    expect(await takeNextTask(stranger)).toBeNull();
    await expect(claimTask(stranger, { taskId: task.id })).rejects.toMatchObject({ status: 409 });
    await db.worker.update({ where: { id: own.id }, data: { online: true } });
    expect(await routeTask(task.id)).toHaveLength(1);
    expect(await workerOf(task.id)).toBe(own.id);
    await db.worker.updateMany({ data: { status: 'paused' } });
  });

  it('is never another organization’s own people', async () => {
    const [mine, theirs] = [await createOrganization(), await createOrganization()];
    const foreign = await workerActor({ mode: 'live', pool: theirs });
    const open = await createWorker({ mode: 'live', online: false });
    const { task } = await createTask(await keyActor(mine, 'live'), body);
    expect(await routeTask(task.id)).toEqual([]);
    expect((await listQueue(foreign)).items).toEqual([]);
    await db.worker.update({ where: { id: open.id }, data: { online: true } });
    await routeTask(task.id);
    expect(await workerOf(task.id)).toBe(open.id);
  });

  it('needs the tier, every skill, and none of them paused', async () => {
    await db.worker.updateMany({ data: { status: 'paused' } });
    const customer = await keyActor(await createOrganization(), 'live');
    const low = await workerActor({ mode: 'live', tier: 'low', skills: ['reading', 'counting'] });
    const half = await workerActor({ mode: 'live', skills: ['reading'] });
    const paused = await workerActor({ mode: 'live', skills: ['reading', 'counting'] });
    await db.workerSkill.updateMany({
      where: { workerId: paused.workerId, skill: 'counting' },
      data: { paused: true },
    });
    const whole = await createWorker({
      mode: 'live',
      skills: ['reading', 'counting'],
      online: false,
    });
    const { task } = await createTask(customer, {
      ...body,
      skills_required: ['reading', 'counting'],
      risk_tier: 'high',
    });
    expect(await routeTask(task.id)).toEqual([]);
    for (const worker of [low, half, paused]) expect((await listQueue(worker)).items).toEqual([]);
    await db.worker.update({ where: { id: whole.id }, data: { online: true } });
    await routeTask(task.id);
    expect(await workerOf(task.id)).toBe(whole.id);
  });
});
