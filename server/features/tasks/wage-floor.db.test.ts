import { beforeAll, beforeEach, expect, it } from 'vitest';
import { quoteTask } from '@/server/features/quotes/quote-task';
import { changeSetting } from '@/server/features/settings/recent-settings';
import { putTaskType, syncCatalog } from '@/server/features/task-types';
import type { Actor, Mode, OrganizationActor } from '@/server/platform/actor';
import { db } from '@/server/platform/db';
import { newId } from '@/server/platform/ids';
import { useTestDatabase } from '@/server/testing/database';
import { createOrganization, createWorker, memberActor } from '@/server/testing/factories';
import { createTask } from './create-task';
import { createTasks } from './create-tasks';

useTestDatabase();

const operator: Actor = { kind: 'operator', userId: newId(), mode: 'live' };
let actor: OrganizationActor;

const floor = (satsPerHour: number | null, below: 'refuse' | 'raise' = 'refuse') =>
  changeSetting(operator, 'wageFloor', { satsPerHour, below });

const known = (type: string, over: { answers?: number; workers?: number; mode?: Mode } = {}) =>
  db.typePace.create({
    data: {
      ...{ organizationId: actor.organizationId, mode: 'live', type, seconds: 90 },
      ...{ satsPerHour: 4_000, answers: 20, workers: 3, acceptedShare: 1 },
      measuredAt: new Date(),
      ...over,
    },
  });

const body = (type: string, payout_sats?: number) => ({
  ...{ type, payload: {}, skills_required: [] },
  ...(payout_sats === undefined ? {} : { payout_sats }),
});

beforeAll(async () => {
  actor = await memberActor(await createOrganization(), 'live', 'developer');
  await createWorker({ mode: 'live' });
  await syncCatalog();
  await known('slow');
  await known('image_moderation');
});
beforeEach(() => floor(6_000));

it('refuses a live task that pays less, names the payout that would do, and takes that', async () => {
  await expect(createTask(actor, body('slow', 149))).rejects.toMatchObject({
    status: 422,
    code: 'payout_below_floor',
    param: 'payout_sats',
    details: {
      payout_sats: 149,
      payout_sats_min: 150,
      floor_sats_per_hour: 6_000,
      own_seconds: 90,
    },
  });
  expect((await createTask(actor, body('slow', 150))).task.payout_sats).toBe(150);
  const [refused, taken] = await createTasks(actor, [body('slow', 1), body('slow', 150)]);
  expect(refused).toMatchObject({ ok: false, error: { code: 'payout_below_floor' } });
  expect(taken).toMatchObject({ ok: true });
});

it('asks for nothing in test mode, without a setting, and where too few say how long it takes', async () => {
  await known('lone', { answers: 60, workers: 2 });
  await known('new', { answers: 19, workers: 9 });
  await known('slow', { mode: 'test' });
  for (const type of ['lone', 'new', 'unheard_of']) {
    expect((await createTask(actor, body(type, 1))).task.payout_sats).toBe(1);
  }
  const tester = { ...actor, mode: 'test' as const };
  expect((await createTask(tester, body('slow', 1))).task.payout_sats).toBe(1);
  await floor(null);
  expect((await createTask(actor, body('slow', 1))).task.payout_sats).toBe(1);
});

it('gives a task that was made before the floor to whoever repeats its create', async () => {
  await floor(null);
  const repeated = { ...body('slow', 5), idempotency_key: 'before' };
  const { task } = await createTask(actor, repeated);
  await floor(6_000);
  expect(await createTask(actor, repeated)).toMatchObject({
    task: { id: task.id },
    replayed: true,
  });
});

it('raises only what nobody has named, and the quote says the payout that is then held', async () => {
  await floor(36_000, 'raise');
  // 90 s at 36,000 sats an hour.
  const quote = await quoteTask(actor, body('image_moderation'));
  expect(quote.wage).toEqual({
    payout_sats: 900,
    sats_per_hour: 36_000,
    own_seconds: 90,
    answers: 20,
    floor_sats_per_hour: 36_000,
    payout_sats_min: 900,
  });
  expect(quote.warnings.join()).toContain('The payout is raised to 900 sats');
  const { task } = await createTask(actor, body('image_moderation'));
  expect(task).toMatchObject({ payout_sats: 900, cost_sats: { held: quote.cost_sats.held } });
  await expect(createTask(actor, body('image_moderation', 899))).rejects.toMatchObject({
    code: 'payout_below_floor',
  });
  // What a v0 request offers is a cap.
  const price = { currency: 'SATS' as const, maxAmount: 500 };
  await expect(createTask(actor, body('image_moderation'), { price })).rejects.toMatchObject({
    code: 'payout_below_floor',
  });
  await putTaskType(
    await memberActor({ id: actor.organizationId } as never, 'live', 'admin'),
    'image_moderation',
    { payout_sats: 200 },
  );
  await expect(createTask(actor, body('image_moderation'))).rejects.toMatchObject({
    details: { payout_sats: 200, payout_sats_min: 900 },
  });
});

it('a quote tells what would be refused, and what would do', async () => {
  const quote = await quoteTask(actor, body('slow', 100));
  expect(quote.wage).toMatchObject({
    payout_sats: 100,
    sats_per_hour: 4_000,
    payout_sats_min: 150,
  });
  expect(quote.warnings.join()).toContain('A create would be rejected');
  const unknown = await quoteTask(actor, body('never_asked', 100));
  expect(unknown.wage).toEqual({
    payout_sats: 100,
    sats_per_hour: null,
    own_seconds: null,
    answers: 0,
    floor_sats_per_hour: null,
    payout_sats_min: null,
  });
});

it('only operators set a floor, and the change is written down', async () => {
  await expect(
    changeSetting(actor, 'wageFloor', { satsPerHour: 1, below: 'raise' }),
  ).rejects.toMatchObject({ status: 403 });
  const entry = await db.auditEntry.findFirst({
    where: { action: 'instance.setting_changed' },
    orderBy: { id: 'desc' },
  });
  expect(JSON.stringify(entry)).toContain('6000');
});
