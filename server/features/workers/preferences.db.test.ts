import { describe, expect, it } from 'vitest';
import { db } from '@/server/platform/db';
import { useTestDatabase } from '@/server/testing/database';
import { createWorker, workerActor } from '@/server/testing/factories';
import { getPreferences, savePreferences, setOnCall, setOnline } from './index';
import { SavePreferences } from './schema';

useTestDatabase();

const DEFAULTS = { sound: true, desktop: false, keys: {}, singleKeys: true };

/** Notifications to the worker's pages, oldest first. */
const told = async (workerId: string) =>
  (await db.outboxRow.findMany({ where: { topic: 'worker.changed' }, orderBy: { id: 'asc' } }))
    .map((row) => row.live as { workerId?: string } | null)
    .filter((live) => live?.workerId === workerId);

describe('preferences', () => {
  it('are defaults until set, each stays as others change, and every page is told', async () => {
    const actor = await workerActor();
    expect(await getPreferences(actor)).toEqual(DEFAULTS);
    await Promise.all([
      savePreferences(actor, { sound: false }),
      savePreferences(actor, { desktop: true }),
      savePreferences(actor, { keys: { next: 'g' } }),
      savePreferences(actor, { singleKeys: false }),
    ]);
    expect(await getPreferences(actor)).toEqual({
      sound: false,
      desktop: true,
      keys: { next: 'g' },
      singleKeys: false,
    });
    expect(await told(actor.workerId)).toHaveLength(4);
    expect(await getPreferences(await workerActor())).toEqual(DEFAULTS);
  });

  it('that no longer fit are defaults, and cost none of the others', async () => {
    const worker = await createWorker();
    await db.worker.update({
      where: { id: worker.id },
      data: { preferences: { sound: 'loud', desktop: true, gone: 1 } },
    });
    expect(await getPreferences(await workerActor(worker))).toEqual({ ...DEFAULTS, desktop: true });
  });

  it('are bounded', () => {
    const letters = 'abcdefgh';
    const names = [...letters].flatMap((a) => [...letters].map((b) => `command${a}${b}`));
    const many = Object.fromEntries([...names, 'oneMore'].map((name) => [name, 'x']));
    expect(Object.keys(many)).toHaveLength(65);
    const refused = [
      { keys: many },
      { keys: { next: 'x'.repeat(41) } },
      { keys: { 'a b': 'x' } },
      { volume: 3 },
    ];
    for (const each of refused) expect(SavePreferences.safeParse(each).success).toBe(false);
  });

  it('and presence are nothing for a worker of the other mode', async () => {
    const actor = { ...(await workerActor()), mode: 'live' as const };
    for (const attempt of [
      () => getPreferences(actor),
      () => savePreferences(actor, { sound: false }),
      () => setOnCall(actor, { onCall: true }),
    ]) {
      await expect(attempt()).rejects.toMatchObject({ status: 404 });
    }
  });
});

it('being on call is kept while offline, and told to the worker’s other pages', async () => {
  const actor = await workerActor();
  expect(await setOnCall(actor, { onCall: true })).toEqual({ onCall: true });
  await setOnline(actor, { online: false });
  const worker = await db.worker.findUniqueOrThrow({ where: { id: actor.workerId } });
  expect(worker).toMatchObject({ online: false, onCall: true });
  expect(await told(actor.workerId)).toHaveLength(2);
});
