import { beforeAll, describe, expect, it } from 'vitest';
import type { OrganizationActor } from '@/server/platform/actor';
import { db } from '@/server/platform/db';
import { useTestDatabase } from '@/server/testing/database';
import { createOrganization, keyActor, memberActor } from '@/server/testing/factories';
import { cancelTasks } from './cancel-tasks';
import { createTask } from './create-task';
import { exportTasks } from './export-tasks';
import { findTasks, getTaskRows, listTypesInUse } from './find-tasks';
import { indexTasks } from './index-tasks';
import { listTasks } from './queries';
import type { CreateTask, TaskFilter } from './schema';

useTestDatabase();

let actor: OrganizationActor;
let foreign: OrganizationActor;
const made: Record<string, string> = {};

async function make(name: string, input: Partial<CreateTask>, by: OrganizationActor = actor) {
  const { task } = await createTask(by, {
    type: 'content_review',
    payload: { text: `Is ${name} genuine?` },
    payout_sats: 10,
    ...input,
  });
  made[name] = task.id;
  return task;
}

const found = async (filter: TaskFilter, by: OrganizationActor = actor) => {
  const { data } = await findTasks(by, { filter });
  return data.map(({ id }) => Object.keys(made).find((name) => made[name] === id));
};

beforeAll(async () => {
  const organization = await createOrganization();
  actor = await keyActor(organization, 'test');
  foreign = await keyActor(await createOrganization(), 'test');
  await make('kettle', { metadata: { order: 'A-17', paid: true }, idempotency_key: 'order-12345' });
  await make('teapot', { type: 'refund', payload: { deep: [{ note: 'Crème brûlée, 4711' }] } });
  await make('spoon', { metadata: { order: 'A-18' } });
  await make('stranger', { payload: { text: 'A kettle of theirs' } }, foreign);
  await cancelTasks(actor, [made.spoon ?? '']);
});

describe('the filtered list', () => {
  it('holds what fits every part of the filter, newest first, and nothing of others', async () => {
    expect(await found({})).toEqual(['spoon', 'teapot', 'kettle']);
    expect(await found({ status: ['posted', 'assigned'] })).toEqual(['teapot', 'kettle']);
    expect(await found({ type: ['refund'] })).toEqual(['teapot']);
    expect(await found({ metadata: { order: 'A-17' } })).toEqual(['kettle']);
    expect(await found({ metadata: { order: 'A-17', paid: 'true' } })).toEqual(['kettle']);
    expect(await found({ metadata: { order: 'A-1' } })).toEqual([]);
    expect(await found({ status: ['cancelled'], metadata: { order: 'A-17' } })).toEqual([]);
    const now = new Date();
    expect(await found({ created_before: new Date(now.getTime() - 3_600_000) })).toEqual([]);
    expect(await found({ created_after: new Date(now.getTime() - 3_600_000) })).toHaveLength(3);
  });

  it.each([
    ['a word of the payload, without regard to case', 'KETTLE', ['kettle']],
    ['the beginning of a word', 'ket', ['kettle']],
    ['several words, which must all be there', 'genuine spoon', ['spoon']],
    ['a text deep in the payload, without its accents', 'creme brulee', ['teapot']],
    ['a number of the payload', '4711', ['teapot']],
    ['a value of the metadata', 'a-18', ['spoon']],
    ['a part of the idempotency key', '12345', ['kettle']],
    ['what is nowhere', 'kettle spoon', []],
    ['signs only', '"&!', []],
  ])('finds tasks by %s', async (_what, search, names) => {
    expect(await found({ search })).toEqual(names);
  });

  it('finds a task by its id, by the end of it, and not by another organization’s', async () => {
    const id = made.teapot ?? '';
    expect(await found({ search: id })).toEqual(['teapot']);
    expect(await found({ search: id.slice(-12) })).toEqual(['teapot']);
    expect(await found({ search: made.stranger })).toEqual([]);
    expect(await found({ search: 'kettle' }, foreign)).toEqual(['stranger']);
  });

  it('goes page by page to the end and back, and meets each task once', async () => {
    const first = await findTasks(actor, { limit: 2 });
    expect(first.newer_than).toBeNull();
    const second = await findTasks(actor, { limit: 2, older_than: first.older_than ?? '' });
    expect(second.older_than).toBeNull();
    expect([...first.data, ...second.data].map(({ id }) => id)).toEqual([
      made.spoon,
      made.teapot,
      made.kettle,
    ]);
    const back = await findTasks(actor, { limit: 2, newer_than: second.newer_than ?? '' });
    expect(back).toEqual(first);
  });

  it('shows the first text of a payload, whatever is in it', async () => {
    const task = await make('odd', { payload: { n: 1, text: 'Say "hi"\n\u00fcber \\ all' } });
    const [row] = await getTaskRows(actor, [task.id]);
    expect(row?.excerpt).toBe('Say "hi" über \\ all');
    await expect(getTaskRows(foreign, [task.id])).rejects.toMatchObject({ status: 404 });
  });

  it('knows the types in use', async () => {
    expect(await listTypesInUse(actor)).toEqual(['content_review', 'refund']);
  });
});

describe('the REST list', () => {
  it('finds metadata of a task that the search has not read yet', async () => {
    const task = await make('early', { metadata: { batch: 'nightly' } });
    await db.$executeRaw`UPDATE task_search SET words = NULL WHERE task_id = ${task.id}::uuid`;
    const listed = await listTasks(actor, { limit: 5, metadata: { batch: 'nightly' } });
    expect(listed.data.map(({ id }) => id)).toEqual([task.id]);
    expect(await found({ search: 'nightly' })).toEqual([]);
    expect(await indexTasks()).toBe(1);
    expect(await indexTasks()).toBe(0);
    expect(await found({ search: 'nightly' })).toEqual(['early']);
  });
});

describe('an export', () => {
  it('holds whole tasks of the filter, to the last one', async () => {
    const page = await exportTasks(actor, { search: 'kettle' });
    expect(page.next).toBeNull();
    expect(page.data).toMatchObject([
      { id: made.kettle, object: 'task', payload: { text: 'Is kettle genuine?' } },
    ]);
  });
});

describe('cancelling several tasks', () => {
  it('says of each what became of it, and one that cannot be cancelled keeps no other', async () => {
    const fresh = await make('fresh', {});
    const spoon = made.spoon ?? '';
    const results = await cancelTasks(actor, [spoon, made.stranger ?? '', fresh.id, fresh.id]);
    expect(results).toMatchObject([
      { id: spoon, ok: false, code: 'task_not_cancellable' },
      { id: made.stranger, ok: false, code: 'not_found' },
      { id: fresh.id, ok: true, status: 'cancelled' },
    ]);
  });

  it('is refused as a whole to a viewer', async () => {
    const viewer = await memberActor({ id: actor.organizationId }, 'test', 'viewer');
    await expect(cancelTasks(viewer, [made.kettle ?? ''])).rejects.toMatchObject({ status: 403 });
  });
});
