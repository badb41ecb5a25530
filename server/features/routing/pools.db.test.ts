import { describe, expect, it } from 'vitest';
import { CreateTask, createTask } from '@/server/features/tasks';
import { db } from '@/server/platform/db';
import { useTestDatabase } from '@/server/testing/database';
import {
  createOrganization,
  createWorker,
  keyActor,
  workerActor,
} from '@/server/testing/factories';
import { claimTask, listQueue, routeTask, takeNextTask } from './index';

useTestDatabase();

const body = CreateTask.parse({ type: 'pooled', payload: {}, payout_sats: 1, sla_seconds: 3_600 });
const workerOf = async (taskId: string) =>
  (await db.assignment.findFirst({ where: { taskId } }))?.workerId;

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
