import { describe, expect, it } from 'vitest';
import { routeTask } from '@/server/features/routing';
import { createTask } from '@/server/features/tasks';
import { CreateTask } from '@/server/features/tasks/schema';
import { saveSkills } from '@/server/features/workers';
import { db, transaction } from '@/server/platform/db';
import { newId } from '@/server/platform/ids';
import { useTestDatabase } from '@/server/testing/database';
import {
  createOrganization,
  createSignIn,
  createWorker,
  keyActor,
  memberActor,
} from '@/server/testing/factories';
import { removePerson, setPersonStatus, updatePerson } from './change-person';
import { getPool } from './get-pool';
import { inviteWorkers, listPoolInvitations, revokePoolInvitation } from './invite-workers';
import { acceptPoolInvitation, joinPool, viewPoolInvitation } from './join-pool';
import { listPeople } from './list-people';

useTestDatabase();

const tokenOf = (url: string) => url.split('/').at(-1) ?? '';
const SKILL = 'labelling';
const OTHER = 'listening';

async function setUp() {
  await transaction((tx) =>
    saveSkills(
      tx,
      [SKILL, OTHER].map((name) => ({ name, description: 'A skill under test.' })),
    ),
  );
  const organization = await createOrganization();
  return { organization, owner: await memberActor(organization, 'live') };
}

async function linkFor(owner: Awaited<ReturnType<typeof setUp>>['owner'], usesMax = 1) {
  const [made] = await inviteWorkers(owner, { skills: [SKILL], capacity: 2, usesMax });
  return { id: made?.id ?? '', token: tokenOf(made?.url ?? '') };
}

async function newTask(organization: { id: string }, skill = SKILL) {
  const body = CreateTask.parse({
    type: 'pooled',
    payload: {},
    payout_sats: 1,
    sla_seconds: 3_600,
    skills_required: [skill],
  });
  return (await createTask(await keyActor(organization, 'live'), body)).task;
}

describe('an invitation', () => {
  it('makes whoever opens it a live worker of the pool, with the skills it grants', async () => {
    const { organization, owner } = await setUp();
    const { token } = await linkFor(owner);
    expect(await viewPoolInvitation(token, null)).toMatchObject({
      skills: [SKILL],
      becomes: 'worker',
    });
    const joined = await joinPool({
      token,
      name: 'Grace',
      email: 'grace@example.com',
      password: 'a few plain words',
    });
    const workerId = joined?.workerId ?? '';
    const { data } = await listPeople(owner, {});
    expect(data).toMatchObject([
      { workerId, name: 'Grace', email: 'grace@example.com', guest: false, capacity: 2, open: 0 },
    ]);
    expect(data[0]?.skills[0]).toMatchObject({ skill: SKILL, paused: false });
    await db.worker.update({ where: { id: workerId }, data: { online: true } });
    const task = await newTask(organization);
    await routeTask(task.id);
    expect((await listPeople(owner, {})).data[0]?.open).toBe(1);
  });

  it('is sent to each address, once however often it is named, with a link of its own', async () => {
    const { organization, owner } = await setUp();
    const made = await inviteWorkers(owner, {
      emails: ['a@example.com', 'B@example.com ', 'b@example.com'],
    });
    expect(made.map(({ email }) => email)).toEqual(['a@example.com', 'b@example.com']);
    expect(new Set(made.map(({ url }) => url)).size).toBe(2);
    const sent = await db.email.findMany({ where: { organizationId: organization.id } });
    expect(sent.map(({ to }) => to).sort()).toEqual(['a@example.com', 'b@example.com']);
    expect(JSON.stringify(await db.poolInvitation.findMany())).not.toContain(
      tokenOf(made[0]?.url ?? 'none'),
    );
  });

  it('lets in as many as it says, of however many open it at once', async () => {
    const { owner } = await setUp();
    const { token } = await linkFor(owner, 2);
    const users = await Promise.all(Array.from({ length: 5 }, () => createSignIn()));
    const joined = await Promise.allSettled(
      users.map(({ id }) => acceptPoolInvitation({ userId: id, sessionId: '' }, token)),
    );
    expect(joined.filter(({ status }) => status === 'fulfilled')).toHaveLength(2);
    expect((await listPeople(owner, {})).data).toHaveLength(2);
    expect(await listPoolInvitations(owner)).toEqual([]);
  });

  it('is one joining for one person who clicks twice, and leaves the rest for others', async () => {
    const { owner } = await setUp();
    const { token } = await linkFor(owner, 3);
    const { id } = await createSignIn();
    const clicks = await Promise.allSettled(
      [1, 2].map(() => acceptPoolInvitation({ userId: id, sessionId: '' }, token)),
    );
    expect(clicks.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    expect((await listPoolInvitations(owner))[0]?.uses).toBe(1);
  });

  it('lets nobody in once it is taken back, or two weeks old', async () => {
    const { owner } = await setUp();
    const { id } = await createSignIn();
    const gone = await linkFor(owner);
    await revokePoolInvitation(owner, gone.id);
    await expect(
      acceptPoolInvitation({ userId: id, sessionId: '' }, gone.token),
    ).rejects.toMatchObject({ status: 404 });
    const old = await linkFor(owner);
    await db.poolInvitation.update({
      where: { id: old.id },
      data: { expiresAt: new Date(Date.now() - 1) },
    });
    await expect(viewPoolInvitation(old.token, id)).rejects.toMatchObject({ status: 404 });
  });
});

describe('the list', () => {
  it('never shows workers of the public pool, or another organization’s', async () => {
    const { owner } = await setUp();
    await createWorker({ mode: 'live' });
    await createWorker({ mode: 'live', pool: await createOrganization() });
    await createWorker({ mode: 'test', simulated: true });
    expect((await listPeople(owner, {})).data).toEqual([]);
  });

  it('is narrowed by name, skill and state, and comes in pages', async () => {
    const { organization, owner } = await setUp();
    const held = { mode: 'live', pool: organization } as const;
    const first = await createWorker({ ...held, skills: [SKILL] });
    const second = await createWorker({ ...held, online: false });
    await db.worker.update({ where: { id: second.id }, data: { displayName: '100 % Ada' } });
    await setPersonStatus(owner, { workerId: second.id, status: 'paused' });
    const ids = async (query: object) =>
      (await listPeople(owner, query)).data.map(({ workerId }) => workerId);
    expect(await ids({ search: '% a' })).toEqual([second.id]);
    expect(await ids({ skill: SKILL })).toEqual([first.id]);
    expect(await ids({ state: 'online' })).toEqual([first.id]);
    expect(await ids({ state: 'paused' })).toEqual([second.id]);
    const page = await listPeople(owner, { limit: 1 });
    expect(page).toMatchObject({ has_more: true, data: [{ workerId: second.id }] });
    expect(await ids({ after: page.next_cursor })).toEqual([first.id]);
  });

  it('tells accuracy with an interval that narrows as golds come in', async () => {
    const { organization, owner } = await setUp();
    const worker = await createWorker({ mode: 'live', pool: organization, skills: [SKILL] });
    const width = async () => {
      const accuracy = (await listPeople(owner, {})).data[0]?.skills[0]?.accuracy;
      expect(accuracy?.lower).toBeLessThan(accuracy?.mean ?? 0);
      return (accuracy?.upper ?? 0) - (accuracy?.lower ?? 0);
    };
    const before = await width();
    const evidence = { workerId: worker.id, type: SKILL, goldCorrect: 45, goldTotal: 50 };
    await db.workerTypeRecord.create({ data: { ...evidence, organizationId: newId() } });
    // Another organization's measurements do not affect it.
    expect(await width()).toBe(before);
    await db.workerTypeRecord.create({ data: { ...evidence, organizationId: organization.id } });
    expect(await width()).toBeLessThan(before);
  });
});

describe('a change', () => {
  it('grants and revokes skills, and sets tier and capacity', async () => {
    const { organization, owner } = await setUp();
    const { id: workerId } = await createWorker({
      mode: 'live',
      pool: organization,
      skills: [SKILL],
    });
    await updatePerson(owner, {
      workerId,
      version: 1,
      skills: [OTHER],
      tier: 'low',
      capacity: 3,
    });
    expect((await listPeople(owner, {})).data).toMatchObject([
      { tier: 'low', capacity: 3, skills: [{ skill: OTHER }], version: 2 },
    ]);
    await expect(
      updatePerson(owner, { workerId, version: 2, skills: ['no_such_skill'] }),
    ).rejects.toMatchObject({ code: 'unknown_skill' });
  });

  it('made from an older state is refused, so that nobody’s work is lost unseen', async () => {
    const { organization, owner } = await setUp();
    const { id: workerId } = await createWorker({ mode: 'live', pool: organization });
    const saves = await Promise.allSettled(
      [2, 3].map((capacity) => updatePerson(owner, { workerId, version: 1, skills: [], capacity })),
    );
    expect(saves.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
    expect(saves.find(({ status }) => status === 'rejected')).toMatchObject({
      reason: { code: 'changed_meanwhile' },
    });
  });

  it('that takes somebody out gives back what they had in hand, and can be undone by a new link', async () => {
    const { organization, owner } = await setUp();
    const worker = await createWorker({ mode: 'live', pool: organization, skills: [SKILL] });
    const task = await newTask(organization);
    await routeTask(task.id);
    await removePerson(owner, worker.id);
    expect(await db.assignment.findFirst({ where: { taskId: task.id } })).toMatchObject({
      status: 'released',
    });
    expect(await db.task.findUnique({ where: { id: task.id } })).toMatchObject({
      status: 'posted',
    });
    expect((await listPeople(owner, {})).data).toEqual([]);
    const { token } = await linkFor(owner);
    await acceptPoolInvitation({ userId: worker.userId ?? '', sessionId: '' }, token);
    expect((await listPeople(owner, {})).data).toMatchObject([
      { workerId: worker.id, status: 'active', guest: false },
    ]);
  });
});

describe('the public pool’s switch', () => {
  it('says which saved types the own people could not answer', async () => {
    const { organization, owner } = await setUp();
    await createWorker({ mode: 'live', pool: organization, skills: [SKILL] });
    for (const skill of [SKILL, OTHER]) {
      await db.taskType.create({
        data: {
          id: crypto.randomUUID(),
          organizationId: organization.id,
          mode: 'live',
          type: `about_${skill}`,
          title: `About ${skill}`,
          skillsRequired: [skill],
        },
      });
    }
    expect(await getPool(owner)).toEqual({
      publicPool: true,
      vettedWorkersOnly: false,
      active: 1,
      online: 1,
      uncovered: [{ type: `about_${OTHER}`, title: `About ${OTHER}` }],
    });
  });
});
