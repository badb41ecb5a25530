import { describe, expect, it } from 'vitest';
import { putTaskType } from '@/server/features/task-types';
import { CreateTask, createTask } from '@/server/features/tasks';
import { measurePaces } from '@/server/features/workers/measure-paces';
import type { WorkerActor } from '@/server/platform/actor';
import { db } from '@/server/platform/db';
import { newId } from '@/server/platform/ids';
import { useTestDatabase } from '@/server/testing/database';
import { createOrganization, keyActor, workerActor } from '@/server/testing/factories';
import { claimTask } from './index';
import { countQueue, listQueue, previewTask } from './queue';
import type { QueueFilter } from './schema';

useTestDatabase();

it('a queue counts all there is, filters it, and shows a task without taking it', async () => {
  const customer = await keyActor(await createOrganization(), 'test');
  const make = (type: string, payoutSats: number) =>
    createTask(
      customer,
      CreateTask.parse({ type, payload: { text: 'Look.' }, payout_sats: payoutSats }),
    );
  for (let i = 0; i < 52; i++) await make('many', 10);
  await putTaskType(customer, 'few', { title: 'few', payload_ui: { text: 'code' } });
  const { task } = await make('few', 500);
  const worker = await workerActor();
  expect(await countQueue(worker)).toEqual([
    { type: 'many', tasks: 52 },
    { type: 'few', tasks: 1 },
  ]);
  const all = await listQueue(worker);
  expect(all.items).toHaveLength(50);
  expect(all.matching).toBe(53);
  for (const filter of [{ type: 'few' }, { minSats: 11 }]) {
    const { items, matching } = await listQueue(worker, filter);
    expect(items.map((each) => each.taskId)).toEqual([task.id]);
    expect(matching).toBe(1);
  }
  expect((await listQueue(worker, { order: 'pay' })).items[0]?.taskId).toBe(task.id);
  expect(await listQueue(worker, { type: 'none' })).toEqual({ items: [], matching: 0 });

  const seen = await previewTask(worker, { taskId: task.id });
  expect(seen).toMatchObject({
    title: 'few',
    payload: { text: 'Look.' },
    payloadUi: { text: 'code' },
  });
  expect(Object.keys(seen).sort()).toEqual([
    'instructions',
    'payload',
    'payloadUi',
    'taskId',
    'title',
  ]);
  await expect(
    previewTask(await workerActor({ mode: 'live' }), { taskId: task.id }),
  ).rejects.toMatchObject({ status: 404 });
  await claimTask(worker, { taskId: task.id });
  await expect(previewTask(worker, { taskId: task.id })).rejects.toMatchObject({ status: 404 });
});

describe('what a task comes to an hour', () => {
  const record = async (
    { organizationId }: { organizationId: string },
    workerId: string,
    type: string,
    counts: { seconds: number; rejected?: number },
  ) => {
    await db.workerTypeRecord.create({
      data: {
        workerId,
        organizationId,
        type,
        accepted: 6,
        rejected: counts.rejected ?? 0,
        recentSeconds: Array(6).fill(counts.seconds),
        recentSats: Array(6).fill(60),
        countedAt: new Date(),
      },
    });
    await measurePaces();
  };

  it('is told from the worker’s own answers, rejected ones counted in, else from everybody’s', async () => {
    const customer = await keyActor(await createOrganization(), 'test');
    for (const type of ['paced', 'unknown']) {
      await createTask(customer, CreateTask.parse({ type, payload: {}, payout_sats: 60 }));
    }
    const [own, novice, foreign] = [
      await workerActor(),
      await workerActor(),
      await workerActor({ mode: 'live' }),
    ];
    await record(customer, own.workerId, 'paced', { seconds: 60, rejected: 2 });
    await record(customer, foreign.workerId, 'paced', { seconds: 5 });
    // Another organization's type of the same name may be another kind of work.
    await record({ organizationId: newId() }, own.workerId, 'paced', { seconds: 900 });
    const paceOfFirst = async (worker: WorkerActor, type: string) =>
      (await listQueue(worker, { type })).items[0]?.pace;
    expect(await paceOfFirst(own, 'paced')).toEqual({
      seconds: 60,
      acceptedShare: 0.75,
      from: 'own',
      satsPerHour: 2_700,
    });
    expect(await paceOfFirst(novice, 'paced')).toMatchObject({ from: 'everyone', seconds: 60 });
    expect(await paceOfFirst(own, 'unknown')).toBeNull();
  });

  it('orders and narrows a queue, with what nobody knows last and left out', async () => {
    const customer = await keyActor(await createOrganization(), 'test');
    const worker = await workerActor();
    for (const [type, sats] of [
      ['slow', 100],
      ['quick', 50],
      ['new', 900],
    ] as const) {
      await createTask(customer, CreateTask.parse({ type, payload: {}, payout_sats: sats }));
    }
    await record(customer, worker.workerId, 'slow', { seconds: 600 });
    await record(customer, worker.workerId, 'quick', { seconds: 30 });
    const mine = ['slow', 'quick', 'new'];
    const typesOf = async (filter: QueueFilter) =>
      // The other test's tasks pay less.
      (await listQueue(worker, { minSats: 50, ...filter })).items
        .map(({ type }) => type)
        .filter((t) => mine.includes(t));
    expect(await typesOf({ order: 'hourly' })).toEqual(['quick', 'slow', 'new']);
    expect(await typesOf({ order: 'pay' })).toEqual(['new', 'slow', 'quick']);
    expect(await typesOf({ maxMinutes: 5 })).toEqual(['quick']);
  });
});
