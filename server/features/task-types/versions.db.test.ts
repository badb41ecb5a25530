import { beforeAll, describe, expect, it } from 'vitest';
import { prepareTask } from '@/server/features/tasks/prepare-task';
import { useTestDatabase } from '@/server/testing/database';
import { createOrganization, keyActor, memberActor } from '@/server/testing/factories';
import { deleteTaskType, putTaskType, syncCatalog } from './index';
import { restoreTaskType } from './restore-task-type';
import { getTaskTypeVersion, listTaskTypeVersions } from './versions';

useTestDatabase();
beforeAll(syncCatalog);

const unfunded = () => createOrganization({ funds: 0n });

describe('versions of a task type', () => {
  it('keep each save with who and when, whole, and the order of a schema’s fields', async () => {
    const organization = await unfunded();
    const member = await memberActor(organization, 'test', 'developer');
    const key = await keyActor(organization, 'test');
    const output_schema = {
      type: 'object',
      properties: { zebra: { type: 'string' }, ant: { type: 'string' } },
    };
    await putTaskType(member, 'kept', { output_schema, payout_sats: 5 });
    await putTaskType(key, 'kept', { output_schema, payout_sats: 6, pool: 'organization' });
    await putTaskType(key, 'kept', { output_schema, payout_sats: 6, pool: 'organization' });
    const versions = await listTaskTypeVersions(member, 'kept');
    expect(versions.map(({ version, savedBy, current }) => [version, savedBy, current])).toEqual([
      [2, 'API key', true],
      [1, 'A developer', false],
    ]);
    const first = await getTaskTypeVersion(member, 'kept', 1);
    expect(JSON.stringify(first.saved.output_schema)).toBe(JSON.stringify(output_schema));
    expect(first.saved).toMatchObject({ payout_sats: 5, pool: 'public', rules: [] });
  });

  it('are restored as a new version, and none is lost', async () => {
    const actor = await memberActor(await unfunded());
    await putTaskType(actor, 'back', {
      title: 'First',
      payout_sats: 5,
      policy: { qa: { sampleRate: 0.5 } },
    });
    await putTaskType(actor, 'back', { title: 'Second' });
    const restored = await restoreTaskType(actor, {
      type: 'back',
      version: 1,
      expected_version: 2,
    });
    expect(restored).toMatchObject({
      version: 3,
      title: 'First',
      payout_sats: 5,
      policy: { qa: { sampleRate: 0.5 } },
    });
    const versions = await listTaskTypeVersions(actor, 'back');
    expect(versions.map(({ version }) => version)).toEqual([3, 2, 1]);
  });

  it('outlive the type: one saved again goes on counting, and a former state can come back', async () => {
    const actor = await memberActor(await unfunded());
    await putTaskType(actor, 'gone', { title: 'Before' });
    await deleteTaskType(actor, 'gone');
    expect(await listTaskTypeVersions(actor, 'gone')).toMatchObject([
      { version: 1, current: false },
    ]);
    const again = await restoreTaskType(actor, { type: 'gone', version: 1 });
    expect(again).toMatchObject({ version: 2, title: 'Before' });
  });

  it('are seen by nobody else, nor in the other mode', async () => {
    const organization = await unfunded();
    const owner = await memberActor(organization, 'test');
    await putTaskType(owner, 'private', {});
    for (const stranger of [
      await memberActor(await unfunded(), 'test'),
      await memberActor(organization, 'live'),
    ]) {
      await expect(listTaskTypeVersions(stranger, 'private')).rejects.toMatchObject({
        status: 404,
      });
      await expect(getTaskTypeVersion(stranger, 'private', 1)).rejects.toMatchObject({
        status: 404,
      });
    }
  });
});

describe('two who edit one type', () => {
  it('the second is told, and what the first saved stands', async () => {
    const organization = await unfunded();
    const ada = await memberActor(organization);
    const bob = await memberActor(organization);
    await putTaskType(ada, 'shared', { title: 'Start', expected_version: 0 });
    await putTaskType(ada, 'shared', { title: 'By Ada', expected_version: 1 });
    await expect(
      putTaskType(bob, 'shared', { title: 'By Bob', expected_version: 1 }),
    ).rejects.toMatchObject({ status: 409, code: 'task_type_changed', details: { version: 2 } });
    await expect(
      putTaskType(bob, 'shared', { title: 'New', expected_version: 0 }),
    ).rejects.toMatchObject({
      code: 'task_type_changed',
    });
    const current = await putTaskType(bob, 'shared', { title: 'By Bob', expected_version: 2 });
    expect(current).toMatchObject({ title: 'By Bob', version: 3 });
  });

  it('at the same moment: exactly one wins', async () => {
    const actor = await memberActor(await unfunded());
    await putTaskType(actor, 'raced', {});
    const outcomes = await Promise.allSettled(
      Array.from({ length: 8 }, (_, n) =>
        putTaskType(actor, 'raced', { payout_sats: n + 1, expected_version: 1 }),
      ),
    );
    expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    expect((await listTaskTypeVersions(actor, 'raced')).map(({ version }) => version)).toEqual([
      2, 1,
    ]);
  });
});

describe('the pool of a type', () => {
  it('keeps its live tasks with the organization’s own people, and test tasks with the sandbox', async () => {
    const organization = await unfunded();
    for (const [mode, pool] of [
      ['live', organization.id],
      ['test', null],
    ] as const) {
      const actor = await keyActor(organization, mode);
      await putTaskType(actor, 'ours', { pool: 'organization' });
      const own = await prepareTask(actor, { type: 'ours', payload: {} });
      expect(own.poolOrganizationId).toBe(pool);
      const other = await prepareTask(actor, { type: 'anybodys', payload: {} });
      expect(other.poolOrganizationId).toBeNull();
    }
  });
});
