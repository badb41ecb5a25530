import { beforeAll, describe, expect, it } from 'vitest';
import { knownSkills } from '@/server/features/workers';
import type { Actor } from '@/server/platform/actor';
import { db } from '@/server/platform/db';
import { useTestDatabase } from '@/server/testing/database';
import { createOrganization, keyActor, memberActor } from '@/server/testing/factories';
import { catalog } from './catalog';
import { deleteTaskType, listTaskTypes, putTaskType, resolveTaskType, syncCatalog } from './index';

useTestDatabase();
beforeAll(syncCatalog);

const unfunded = () => createOrganization({ funds: 0n });
const types = async (actor: Actor) =>
  (await listTaskTypes(actor, { limit: 100 })).data.map(({ type }) => type);

describe('the catalogue', () => {
  it('is loaded as it is written, fields in the order in which forms show them', async () => {
    for (const entry of catalog) {
      const row = await db.taskType.findFirstOrThrow({
        where: { type: entry.type, organizationId: null },
      });
      expect(JSON.stringify(row.outputSchema)).toBe(JSON.stringify(entry.outputSchema));
      expect(row.rules).toEqual(entry.rules);
      expect(row).toMatchObject({ title: entry.title, skillsRequired: [entry.type], version: 1 });
      const golds = await db.gold.findMany({ where: { type: entry.type } });
      expect(golds.filter(({ quiz }) => !quiz)).toHaveLength(entry.golds.length);
      expect(golds.filter(({ quiz }) => quiz)).toHaveLength(entry.quiz.length);
    }
    expect(await knownSkills()).toEqual(
      expect.arrayContaining([...catalog.map(({ type }) => type), 'general', 'translation']),
    );
  });

  it('can be loaded again, by several at once, and nothing is doubled, changed or forgotten', async () => {
    const where = { type: 'content_review' };
    const gold = await db.gold.findFirstOrThrow({ where });
    await db.gold.update({ where: { id: gold.id }, data: { served: 7, correct: 5 } });
    const before = [await db.taskType.findMany(), await db.gold.findMany()];
    await Promise.all([syncCatalog(), syncCatalog(), syncCatalog()]);
    expect([await db.taskType.findMany(), await db.gold.findMany()]).toEqual(before);
  });

  it('mends what differs from this version, and retires golds that it has no more', async () => {
    const where = { organizationId: null, type: 'image_moderation' };
    const { id } = await db.taskType.findFirstOrThrow({ where });
    await db.taskType.update({ where: { id }, data: { title: 'Of an older version' } });
    const old = await db.gold.create({
      data: {
        id: crypto.randomUUID(),
        type: 'image_moderation',
        payload: {},
        expectedOutput: {},
      },
    });
    await syncCatalog();
    expect(await db.taskType.findUniqueOrThrow({ where: { id } })).toMatchObject({
      title: 'Image moderation',
      version: 2,
    });
    const gold = await db.gold.findUniqueOrThrow({ where: { id: old.id } });
    expect(gold.retiredAt).not.toBeNull();
    expect(await db.gold.count({ where: { retiredAt: { not: null } } })).toBe(1);
  });
});

describe('a saved type', () => {
  it('supplies its defaults in its organization and mode alone, the moment it is saved', async () => {
    const organization = await unfunded();
    const test = await keyActor(organization, 'test');
    const live = await keyActor(organization, 'live');
    const other = await keyActor(await unfunded(), 'test');
    const at = ({ organizationId, mode }: typeof test) =>
      resolveTaskType({ organizationId, mode, type: 'label.bird' });
    // Misses are cached as well, so the cache must be cleared.
    expect(await at(test)).toBeNull();
    await putTaskType(test, 'label.bird', {
      title: 'Name the bird',
      payout_sats: 42,
      sla_seconds: 90,
      risk_tier: 'low',
      redundancy: { min_votes: 2, max_votes: 3 },
      skills_required: ['images', 'images'],
      payload_ui: { photo: 'image', note: { as: 'text', label: 'Note' } },
    });
    expect(await at(test)).toMatchObject({
      title: 'Name the bird',
      payoutSats: 42n,
      slaSeconds: 90,
      riskTier: 'low',
      redundancy: { min_votes: 2, max_votes: 3 },
      skillsRequired: ['images'],
      payloadUi: { photo: 'image', note: { as: 'text', label: 'Note' } },
      outputSchema: null,
      version: 1,
    });
    expect(await at(live)).toBeNull();
    expect(await at(other)).toBeNull();
    expect(await types(other)).not.toContain('label.bird');
    await expect(deleteTaskType(other, 'label.bird')).rejects.toMatchObject({ status: 404 });
    await expect(deleteTaskType(live, 'label.bird')).rejects.toMatchObject({ status: 404 });
  });

  it('replaces a shipped one of its name until it is deleted', async () => {
    const actor = await keyActor(await unfunded());
    const { organizationId, mode } = actor;
    const resolve = () => resolveTaskType({ organizationId, mode, type: 'content_review' });
    expect(await resolve()).toMatchObject({ title: 'Content review', payoutSats: 300n });
    await putTaskType(actor, 'content_review', { payout_sats: 9 });
    expect(await resolve()).toMatchObject({ title: 'content_review', payoutSats: 9n, rules: [] });
    expect((await types(actor)).filter((type) => type === 'content_review')).toHaveLength(1);
    expect(await types(actor)).toHaveLength(catalog.length);
    await deleteTaskType(actor, 'content_review');
    expect(await resolve()).toMatchObject({ payoutSats: 300n });
    await expect(deleteTaskType(actor, 'content_review')).rejects.toMatchObject({
      status: 409,
      code: 'task_type_shipped',
    });
  });

  it('has a version that grows with changes, of the order of fields too, and with nothing else', async () => {
    const actor = await keyActor(await unfunded());
    const schema = (...names: string[]) => ({
      type: 'object',
      properties: Object.fromEntries(names.map((name) => [name, { type: 'string' }])),
    });
    const put = async (output_schema: object, extra = {}) =>
      (await putTaskType(actor, 't', { output_schema: { ...output_schema }, ...extra })).version;
    expect(await put(schema('a', 'b'))).toBe(1);
    expect(await put(schema('a', 'b'))).toBe(1);
    expect(await put(schema('b', 'a'))).toBe(2);
    expect(await put(schema('b', 'a'), { gold_rate: 0.1 })).toBe(3);
    expect(await put(schema('b', 'a'), { gold_rate: 0.1, payout_sats: 5 })).toBe(4);
    expect(await put(schema('b', 'a'), { payout_sats: 5, gold_rate: 0.1 })).toBe(4);
    const saved = await db.auditEntry.count({
      where: { organizationId: actor.organizationId, action: 'task_type.saved' },
    });
    expect(saved).toBe(4);
  });

  it('survives being saved by many at once: one row, one version a change', async () => {
    const actor = await keyActor(await unfunded());
    const saved = await Promise.all(
      Array.from({ length: 12 }, (_, i) =>
        putTaskType(actor, 'raced', { payout_sats: (i % 3) + 1 }),
      ),
    );
    const { organizationId } = actor;
    const rows = await db.taskType.findMany({ where: { organizationId, type: 'raced' } });
    expect(rows).toHaveLength(1);
    expect(rows[0]?.version).toBe(Math.max(...saved.map(({ version }) => version)));
  });

  it('is listed in pages, own ones newest first, then those that ship', async () => {
    const actor = await keyActor(await unfunded());
    for (const type of ['one', 'two', 'three']) await putTaskType(actor, type, {});
    const seen: string[] = [];
    let after: string | undefined;
    do {
      const page = await listTaskTypes(actor, { limit: 2, after });
      seen.push(...page.data.map(({ type }) => type));
      after = page.next_cursor ?? undefined;
    } while (after);
    expect(seen.slice(0, 3)).toEqual(['three', 'two', 'one']);
    expect(seen.slice(3).sort()).toEqual(catalog.map(({ type }) => type).sort());
  });

  it('is saved by developers, and not by viewers', async () => {
    const organization = await unfunded();
    const developer = await memberActor(organization, 'test', 'developer');
    const viewer = await memberActor(organization, 'test', 'viewer');
    await putTaskType(developer, 'mine', {});
    expect(await types(viewer)).toContain('mine');
    await expect(putTaskType(viewer, 'mine', {})).rejects.toMatchObject({ status: 403 });
    await expect(deleteTaskType(viewer, 'mine')).rejects.toMatchObject({ status: 403 });
  });
});
