import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { useClock } from '@/server/platform/clock';
import { db, transaction } from '@/server/platform/db';
import { useTestDatabase } from '@/server/testing/database';
import { createOrganization, createWorker, workerActor } from '@/server/testing/factories';
import { createTestClock } from '@/server/testing/test-clock';
import {
  assertSkillsKnown,
  countEligibleWorkers,
  getWorkerProfile,
  hasEligibleWorker,
  heartbeat,
  createWorker as insertWorker,
  knownSkills,
  saveSkills,
  setOnline,
  workerActorFor,
} from './index';
import { markStaleWorkersOffline } from './mark-stale-workers';

useTestDatabase();

const clock = createTestClock();
let restore: () => void;
beforeEach(() => {
  restore = useClock(clock);
  clock.advanceMs(60_000);
});
afterEach(() => restore());

const announced = (workerId: string) =>
  db.outboxRow.count({
    where: { topic: 'worker.online', data: { path: ['workerId'], equals: workerId } },
  });
const isOnline = async (id: string) =>
  (await db.worker.findUniqueOrThrow({ where: { id } })).online;

describe('coming online', () => {
  it('tells routing once, however often it is said', async () => {
    const actor = await workerActor({ online: false });
    expect(await announced(actor.workerId)).toBe(0);
    await Promise.all(Array.from({ length: 8 }, () => setOnline(actor, { online: true })));
    expect(await announced(actor.workerId)).toBe(1);
    const row = await db.outboxRow.findFirstOrThrow({
      where: { data: { path: ['workerId'], equals: actor.workerId } },
    });
    expect(row.data).toEqual({ workerId: actor.workerId, mode: 'test' });
    await setOnline(actor, { online: false });
    expect(await announced(actor.workerId)).toBe(1);
    clock.advanceMs(1);
    await setOnline(actor, { online: true });
    expect(await announced(actor.workerId)).toBe(2);
  });

  it('is refused to whoever is paused, who may still go offline', async () => {
    const worker = await createWorker({ online: false });
    const actor = await workerActor(worker);
    await db.worker.update({ where: { id: worker.id }, data: { status: 'paused' } });
    await expect(setOnline(actor, { online: true })).rejects.toMatchObject({
      status: 409,
      code: 'worker_paused',
    });
    expect(await isOnline(worker.id)).toBe(false);
    expect(await setOnline(actor, { online: false })).toEqual({ online: false });
  });

  it('is nothing for a worker of the other mode', async () => {
    const worker = await createWorker({ mode: 'test', online: false });
    const actor = { ...(await workerActor(worker)), mode: 'live' as const };
    await expect(setOnline(actor, { online: true })).rejects.toMatchObject({ status: 404 });
    await expect(getWorkerProfile(actor)).rejects.toMatchObject({ status: 404 });
    await expect(heartbeat(actor)).rejects.toMatchObject({ status: 404 });
  });
});

describe('silence', () => {
  it('of 90 seconds takes a person offline, and no simulated worker', async () => {
    const silent = await createWorker();
    const beating = await createWorker();
    const simulated = await createWorker({ simulated: true });
    clock.advanceMs(90_000);
    await heartbeat(await workerActor(beating));
    await markStaleWorkersOffline();
    expect(await isOnline(silent.id)).toBe(true);
    clock.advanceMs(1);
    expect(await markStaleWorkersOffline()).toBe(1);
    expect(await isOnline(silent.id)).toBe(false);
    expect(await isOnline(beating.id)).toBe(true);
    expect(await isOnline(simulated.id)).toBe(true);
    // A returning page learns that it is offline and must go online again.
    expect(await heartbeat(await workerActor(silent))).toEqual({ online: false });
  });
});

describe('skills', () => {
  it('that do not exist are refused by name, with those that do', async () => {
    await transaction((tx) => saveSkills(tx, [{ name: 'general', description: 'All.' }]));
    await assertSkillsKnown([]);
    await assertSkillsKnown(['general']);
    await expect(assertSkillsKnown(['general', 'telepathy'])).rejects.toMatchObject({
      status: 422,
      code: 'unknown_skill',
      details: { unknown: ['telepathy'], known: expect.arrayContaining(['general']) },
    });
  });

  it('are known the moment after they were added, elsewhere too', async () => {
    await knownSkills();
    await db.skill.create({ data: { name: 'brand_new', description: 'New.' } });
    await assertSkillsKnown(['brand_new']);
  });

  it('that do not exist cannot be granted, and no worker is left behind', async () => {
    const before = await db.worker.count();
    await expect(
      transaction((tx) =>
        insertWorker(tx, {
          userId: null,
          mode: 'test',
          displayName: 'W',
          skills: ['telepathy'],
        }),
      ),
    ).rejects.toMatchObject({ code: 'unknown_skill' });
    expect(await db.worker.count()).toBe(before);
  });
});

describe('a person', () => {
  it('is one worker in each mode', async () => {
    const worker = await createWorker({ mode: 'live' });
    const again = { mode: 'live', displayName: 'Twin', skills: [] } as const;
    await expect(
      transaction((tx) => insertWorker(tx, { ...again, skills: [], userId: worker.userId })),
    ).rejects.toMatchObject({ status: 409, code: 'worker_exists' });
    const userId = worker.userId ?? '';
    expect(await workerActorFor(userId)).toEqual({
      kind: 'worker',
      workerId: worker.id,
      userId,
      mode: 'live',
    });
    expect(await workerActorFor(userId, 'test')).toBeNull();
  });
});

describe('whoever could take a task', () => {
  it('holds every skill, is allowed its tier, belongs to its pool, and need not be online', async () => {
    const organization = await createOrganization({ funds: 0n });
    const other = await createOrganization({ funds: 0n });
    const wanted = {
      mode: 'live',
      type: 'any',
      skills: ['reads', 'writes'],
      riskTier: 'high',
      organizationId: organization.id,
    } as const;
    const found = () => hasEligibleWorker(wanted);
    await createWorker({ mode: 'live', skills: ['reads'] });
    await createWorker({ mode: 'live', skills: ['reads', 'writes'], tier: 'medium' });
    await createWorker({ mode: 'test', skills: ['reads', 'writes'] });
    await createWorker({ mode: 'live', skills: ['reads', 'writes'], pool: other });
    expect(await found()).toBe(false);

    const match = await createWorker({
      mode: 'live',
      skills: ['reads', 'writes', 'more'],
      tier: 'high',
      online: false,
    });
    expect(await found()).toBe(true);
    expect(await countEligibleWorkers(wanted)).toEqual({ total: 1, online: 0 });
    const own = { ...wanted, poolOrganizationId: organization.id };
    expect(await hasEligibleWorker(own)).toBe(false);
    await createWorker({ mode: 'live', skills: ['reads', 'writes'], pool: organization });
    expect(await countEligibleWorkers(own)).toEqual({ total: 1, online: 1 });

    await db.workerSkill.updateMany({
      where: { workerId: match.id, skill: 'reads' },
      data: { paused: true },
    });
    expect(await countEligibleWorkers(wanted)).toEqual({ total: 1, online: 1 });
  });
});
