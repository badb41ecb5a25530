import { beforeEach, describe, expect, it } from 'vitest';
import { getSettings } from '@/server/features/settings';
import type { Actor } from '@/server/platform/actor';
import { db, transaction } from '@/server/platform/db';
import { newId } from '@/server/platform/ids';
import { useTestDatabase } from '@/server/testing/database';
import {
  createOrganization,
  createSignIn,
  createWorker,
  workerActor,
} from '@/server/testing/factories';
import {
  changeTier,
  changeWorkerSkill,
  decideVetting,
  pauseWorker,
  requireVetting,
} from './change-worker';
import { countEligibleWorkers, setOnline, workerActorFor } from './index';
import type { SignUpWorker } from './schema';
import { becomeWorker, enrolWorker, signUpWorker } from './sign-up-worker';

useTestDatabase();

const operator: Actor = { kind: 'operator', userId: newId(), mode: 'live' };
const person = () => ({
  email: `${newId()}@example.com`,
  name: 'Ada',
  password: 'a few plain words',
});
async function newWorker(given: SignUpWorker): Promise<{ workerId: string }> {
  const made = await signUpWorker(given);
  if (!made) throw new Error(`${given.email} has an account.`);
  return made;
}
const workerOf = (id: string) => db.worker.findUniqueOrThrow({ where: { id } });
const actions = async (id: string) =>
  (
    await db.auditEntry.findMany({ where: { subject: `worker:${id}` }, orderBy: { id: 'asc' } })
  ).map(({ action }) => action);

beforeEach(async () => {
  await requireVetting(operator, { required: false });
});

describe('signing up to work', () => {
  it('makes a user and a live worker of the public pool, without skills', async () => {
    const given = person();
    const { workerId } = await newWorker(given);
    const worker = await workerOf(workerId);
    expect(worker).toMatchObject({
      mode: 'live',
      poolOrganizationId: null,
      displayName: 'Ada',
      status: 'active',
      vetting: 'approved',
      online: false,
    });
    const user = await db.user.findUniqueOrThrow({ where: { email: given.email } });
    expect(worker.userId).toBe(user.id);
    expect(await db.workerSkill.count({ where: { workerId } })).toBe(0);
    expect(await db.member.count({ where: { userId: user.id } })).toBe(0);
  });

  it('twice with one address, at once, makes one', async () => {
    const given = person();
    const made = await Promise.all(Array.from({ length: 4 }, () => signUpWorker(given)));
    expect(made.filter((each) => each !== null)).toHaveLength(1);
    expect(await db.user.count({ where: { email: given.email } })).toBe(1);
  });

  it('leaves nothing behind where the password is too short', async () => {
    const given = { ...person(), password: 'short' };
    await expect(signUpWorker(given)).rejects.toThrow(/at least 12/);
    expect(await db.user.count({ where: { email: given.email } })).toBe(0);
  });

  it('is open to who has an account, once', async () => {
    const { id } = await createSignIn();
    const results = await Promise.allSettled(Array.from({ length: 5 }, () => becomeWorker(id)));
    expect(results.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    await expect(becomeWorker(id)).rejects.toMatchObject({ code: 'worker_exists' });
    expect(await workerActorFor(id)).not.toBeNull();
  });
});

describe('where vetting is required', () => {
  beforeEach(async () => {
    await requireVetting(operator, { required: true });
  });

  it('a newcomer waits, cannot go online, and hears so in honest words', async () => {
    const { workerId } = await newWorker(person());
    const actor = await workerActor(await workerOf(workerId));
    expect(await workerOf(workerId)).toMatchObject({ vetting: 'waiting', status: 'paused' });
    await expect(setOnline(actor, { online: true })).rejects.toMatchObject({
      status: 409,
      code: 'vetting_waiting',
      message: expect.stringContaining('An operator has to approve your application'),
    });
    expect((await workerOf(workerId)).online).toBe(false);
  });

  it('an organization’s own people do not wait: it vouches for them', async () => {
    const organization = await createOrganization({ funds: 0n });
    const { id: userId } = await createSignIn();
    const worker = await transaction((tx) =>
      enrolWorker(tx, { userId, displayName: 'Own', organizationId: organization.id }),
    );
    expect(worker).toMatchObject({ vetting: 'approved', status: 'active' });
  });

  it('who waits is not counted among those who could take a task', async () => {
    const organization = await createOrganization({ funds: 0n });
    const wanted = {
      mode: 'live',
      type: 'any',
      skills: [],
      riskTier: 'low',
      organizationId: organization.id,
    } as const;
    const before = (await countEligibleWorkers(wanted)).total;
    const given = person();
    const { workerId } = await newWorker(given);
    await db.user.update({
      where: { email: given.email },
      data: { emailConfirmedAt: new Date() },
    });
    expect((await countEligibleWorkers(wanted)).total).toBe(before);
    await decideVetting(operator, { workerIds: [workerId], approved: true, reason: '' });
    expect((await countEligibleWorkers(wanted)).total).toBe(before + 1);
  });

  it('an approval lets in, is written down and told once, however often it is said', async () => {
    const given = person();
    const { workerId } = await newWorker(given);
    const decide = () =>
      decideVetting(operator, { workerIds: [workerId], approved: true, reason: 'Welcome' });
    await Promise.all([decide(), decide(), decide()]);
    expect(await workerOf(workerId)).toMatchObject({ vetting: 'approved', status: 'active' });
    expect(await actions(workerId)).toEqual(['worker.approved']);
    expect(await db.email.count({ where: { to: given.email, template: 'vetting-decided' } })).toBe(
      1,
    );
    const actor = await workerActor(await workerOf(workerId));
    expect(await setOnline(actor, { online: true })).toEqual({ online: true });
    await setOnline(actor, { online: false });
  });

  it('a rejection needs a reason, takes offline, and holds', async () => {
    const { workerId } = await newWorker(person());
    await decideVetting(operator, { workerIds: [workerId], approved: true, reason: '' });
    const actor = await workerActor(await workerOf(workerId));
    await setOnline(actor, { online: true });
    await decideVetting(operator, {
      workerIds: [workerId],
      approved: false,
      reason: 'A second account.',
    });
    expect(await workerOf(workerId)).toMatchObject({
      vetting: 'rejected',
      status: 'paused',
      online: false,
      vettingReason: 'A second account.',
    });
    await expect(setOnline(actor, { online: true })).rejects.toMatchObject({
      code: 'vetting_rejected',
    });
    const resume = { workerId, paused: false, reason: '' };
    await expect(pauseWorker(operator, resume)).rejects.toMatchObject({ code: 'not_let_in' });
  });

  it('nobody is active who was not let in: the database itself refuses', async () => {
    const { workerId } = await newWorker(person());
    await expect(
      db.worker.update({ where: { id: workerId }, data: { status: 'active' } }),
    ).rejects.toThrow();
    await expect(
      db.worker.update({ where: { id: workerId }, data: { online: true } }),
    ).rejects.toThrow();
  });

  it('once it is not, those who wait are let in, also who signs up at that moment', async () => {
    const first = await newWorker(person());
    const [{ letIn }, ...others] = await Promise.all([
      requireVetting(operator, { required: false }),
      ...Array.from({ length: 4 }, () => newWorker(person())),
    ]);
    expect(letIn).toBeGreaterThanOrEqual(1);
    expect((await getSettings()).requireVetting).toBe(false);
    for (const { workerId } of [first, ...others]) {
      expect(await workerOf(workerId)).toMatchObject({ vetting: 'approved', status: 'active' });
    }
  });
});

describe('an operator', () => {
  it('pauses and resumes, changes the tier and the skills, each written down', async () => {
    const { id: workerId } = await createWorker({ mode: 'live', skills: ['general'] });
    await pauseWorker(operator, { workerId, paused: true, reason: 'Asked for it' });
    await pauseWorker(operator, { workerId, paused: true, reason: 'Again' });
    expect(await workerOf(workerId)).toMatchObject({ status: 'paused', online: false });
    await pauseWorker(operator, { workerId, paused: false, reason: '' });
    await changeTier(operator, { workerId, tier: 'high' });
    await changeTier(operator, { workerId, tier: 'high' });
    await changeWorkerSkill(operator, { workerId, skill: 'general', held: false });
    expect(await db.workerSkill.findFirst({ where: { workerId } })).toMatchObject({ paused: true });
    await changeWorkerSkill(operator, { workerId, skill: 'general', held: true });
    expect(await db.workerSkill.findFirst({ where: { workerId } })).toMatchObject({
      paused: false,
    });
    await expect(
      changeWorkerSkill(operator, { workerId, skill: 'telepathy', held: true }),
    ).rejects.toMatchObject({ code: 'unknown_skill' });
    expect(await actions(workerId)).toEqual([
      'worker.paused',
      'worker.resumed',
      'worker.tier_changed',
      'worker.skill_paused',
      'worker.skill_granted',
    ]);
  });

  it('decides on several at once, each told once; strangers and the other mode are left alone', async () => {
    await requireVetting(operator, { required: true });
    const two = [await newWorker(person()), await newWorker(person())].map((made) => made.workerId);
    const elsewhere = (await createWorker({ mode: 'test' })).id;
    const ask = { workerIds: [...two, newId(), elsewhere], approved: false, reason: 'No room.' };
    const decided = await Promise.all([decideVetting(operator, ask), decideVetting(operator, ask)]);
    expect(decided.map((each) => each.decided).sort()).toEqual([0, 2]);
    for (const id of two) {
      expect(await workerOf(id)).toMatchObject({ vetting: 'rejected', vettingReason: 'No room.' });
      expect(await actions(id)).toEqual(['worker.rejected']);
    }
    expect((await workerOf(elsewhere)).vetting).toBe('approved');
  });

  it('of the other mode finds nobody, and who is none may nothing', async () => {
    const worker = await createWorker({ mode: 'live' });
    const ask = { workerId: worker.id, tier: 'low' } as const;
    await expect(changeTier({ ...operator, mode: 'test' }, ask)).rejects.toMatchObject({
      status: 404,
    });
    const actor = await workerActor(worker);
    await expect(changeTier(actor, ask)).rejects.toMatchObject({ status: 403 });
    await expect(requireVetting(actor, { required: true })).rejects.toMatchObject({ status: 403 });
    await expect(
      decideVetting(actor, { workerIds: [worker.id], approved: true, reason: '' }),
    ).rejects.toMatchObject({ status: 403 });
  });
});
