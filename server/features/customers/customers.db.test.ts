import { randomUUID } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { authenticateKey } from '@/server/features/api-keys';
import { creditOrganization } from '@/server/features/ledger';
import { suspendOrganization } from '@/server/features/organizations';
import { createTask } from '@/server/features/tasks';
import type { Actor } from '@/server/platform/actor';
import { db } from '@/server/platform/db';
import { newId } from '@/server/platform/ids';
import { call } from '@/server/testing/call';
import { useTestDatabase } from '@/server/testing/database';
import { createKey, createOrganization, memberActor } from '@/server/testing/factories';
import { revokeKeyByOperator } from '../api-keys/revoke-api-key';
import { findOrganizations } from './find-organizations';
import { getOrganization, getStatement } from './get-organization';

useTestDatabase();

const operator: Actor = { kind: 'operator', userId: newId(), mode: 'test' };
const live: Actor = { ...operator, mode: 'live' };
const task = { type: 'asked', payload: { q: 1 }, payout_sats: 10, sla_seconds: 600 };
const reason = 'It sends what nobody may see.';

const ids = async (input: Parameters<typeof findOrganizations>[1]) =>
  (await findOrganizations(operator, input)).data.map(({ id }) => id);

describe('the list of organizations', () => {
  it('shows what each has, holds and asks, in the operator’s mode alone', async () => {
    const organization = await createOrganization({ funds: 5_000 });
    const { text: key } = await createKey(organization);
    await call('POST', '/v1/tasks', { key, body: task });
    const of = async (actor: Actor) =>
      (await findOrganizations(actor, { search: organization.id })).data[0];
    const shown = await of(operator);
    expect(shown).toMatchObject({
      state: 'active',
      openTasks: 1,
      endedTasks: 0,
      verifiedShare: null,
    });
    expect(shown?.heldSats).toBeGreaterThan(0);
    expect((shown?.availableSats ?? 0) + (shown?.heldSats ?? 0)).toBe(5_000);
    expect(shown?.lastActiveAt).toBeInstanceOf(Date);
    expect(await of(live)).toMatchObject({
      availableSats: 5_000,
      heldSats: 0,
      openTasks: 0,
      lastActiveAt: null,
    });
  });

  it('is searched by beginnings of words, a member’s address and the id', async () => {
    const word = `quaggas${randomUUID().slice(0, 8)}`;
    const { id, ownerUserId } = await createOrganization({
      name: `The ${word} Company`,
      funds: 0n,
    });
    const { email } = await db.user.findUniqueOrThrow({ where: { id: ownerUserId } });
    expect(await ids({ search: word.slice(0, 12).toUpperCase() })).toEqual([id]);
    expect(await ids({ search: `comp ${word}` })).toEqual([id]);
    expect(await ids({ search: email.slice(0, 37).toUpperCase() })).toEqual([id]);
    expect(await ids({ search: id })).toEqual([id]);
    expect(await ids({ search: `${word} (nothing) & !:*` })).toEqual([]);
    expect(await ids({ search: "'%_\\" })).toEqual([]);
  });

  it('is paged from the newest on, and narrowed by state', async () => {
    const made: string[] = [];
    const word = `pages${randomUUID().slice(0, 8)}`;
    for (let n = 0; n < 3; n++) {
      made.unshift((await createOrganization({ name: `${word} ${n}`, funds: 0n })).id);
    }
    const first = await findOrganizations(operator, { search: word, limit: 2 });
    expect(first.data.map(({ id }) => id)).toEqual(made.slice(0, 2));
    expect(await ids({ search: word, after: first.next_cursor ?? '' })).toEqual(made.slice(2));
    const [organizationId = ''] = made;
    await suspendOrganization(operator, { organizationId, suspended: true, reason });
    expect(await ids({ search: word, state: 'suspended' })).toEqual([organizationId]);
    expect(await ids({ search: word, state: 'active' })).toEqual(made.slice(1));
    expect(await ids({ search: word, state: 'closed' })).toEqual([]);
  });
});

describe('an organization’s page', () => {
  it('shows members, keys, credits and the statement of the mode', async () => {
    const organization = await createOrganization({ funds: 0n });
    const key = await createKey(organization, 'live');
    const { id: organizationId } = organization;
    await creditOrganization(live, {
      ...{ key: randomUUID(), organizationId, mode: 'live', amountSats: 77 },
      reason: 'Paid in cash.',
    });
    const view = await getOrganization(live, { organizationId });
    expect(view).toMatchObject({ availableSats: 77, pool: 'public', types: [], endpoints: [] });
    expect(view.members.map(({ role }) => role)).toContain('owner');
    expect(view.keys.map(({ id }) => id)).toEqual([key.id]);
    expect(JSON.stringify(view.keys)).not.toContain(key.text);
    expect(view.credits).toMatchObject([{ amountSats: 77, leftSats: 77, reason: 'Paid in cash.' }]);
    expect((await getStatement(live, { organizationId })).data).toMatchObject([
      { kind: 'credit', reason: 'Paid in cash.', available_sats: 77 },
    ]);
    const test = await getOrganization(operator, { organizationId });
    expect(test).toMatchObject({ availableSats: 0, keys: [], credits: [] });
    await expect(getOrganization(operator, { organizationId: newId() })).rejects.toMatchObject({
      status: 404,
    });
  });

  it('ends a key of the mode, with a reason that the organization reads', async () => {
    const organization = await createOrganization({ funds: 0n });
    const { id: keyId, text } = await createKey(organization);
    await authenticateKey(text);
    await expect(revokeKeyByOperator(live, { keyId, reason })).rejects.toMatchObject({
      status: 404,
    });
    await revokeKeyByOperator(operator, { keyId, reason });
    await expect(authenticateKey(text)).rejects.toMatchObject({ code: 'revoked_api_key' });
    const entry = await db.auditEntry.findFirstOrThrow({
      where: { organizationId: organization.id, action: 'api_key.revoked' },
    });
    expect(entry).toMatchObject({ actor: expect.stringContaining('operator:'), data: { reason } });
  });
});

describe('a suspended organization', () => {
  it('reads, and creates and changes nothing until it is resumed; open tasks stay', async () => {
    const organization = await createOrganization();
    const { id: organizationId } = organization;
    const { text: key } = await createKey(organization);
    const open = await call('POST', '/v1/tasks', { key, body: task });
    await suspendOrganization(operator, { organizationId, suspended: true, reason });
    for (const [method, path, body] of [
      ['POST', '/v1/tasks', task],
      ['POST', '/v1/tasks/batch', { tasks: [task] }],
      ['POST', `/v1/tasks/${open.body.id}/cancel`, undefined],
      ['POST', '/v1/webhooks', { url: 'https://example.com/hook' }],
      ['PUT', '/v1/task_types/its_own', { title: 'Its own' }],
    ] as const) {
      const { status, body: answer } = await call(method, path, { key, ...(body ? { body } : {}) });
      expect([path, status, answer.error?.code]).toEqual([path, 403, 'organization_suspended']);
    }
    const read = await call('GET', `/v1/tasks/${open.body.id}`, { key });
    expect([read.status, read.body.status]).toEqual([200, 'posted']);
    const owner = await memberActor(organization);
    await expect(createTask(owner, task)).rejects.toMatchObject({ code: 'organization_suspended' });

    await suspendOrganization(operator, {
      organizationId,
      suspended: false,
      reason: 'Mended now.',
    });
    expect((await call('POST', '/v1/tasks', { key, body: task })).status).toBe(201);
    const entries = await db.auditEntry.findMany({
      where: {
        organizationId,
        subject: `organization:${organizationId}`,
        action: { not: 'organization.created' },
      },
      orderBy: { id: 'asc' },
    });
    expect(entries.map(({ action, data }) => [action, data])).toEqual([
      ['organization.suspended', { reason }],
      ['organization.resumed', { reason: 'Mended now.' }],
    ]);
  });
});

it('is for operators alone', async () => {
  const organization = await createOrganization({ funds: 0n });
  const { id: organizationId } = organization;
  const worker: Actor = { kind: 'worker', workerId: newId(), userId: newId(), mode: 'test' };
  for (const actor of [await memberActor(organization), worker]) {
    const refused = { status: 403 };
    await expect(findOrganizations(actor, {})).rejects.toMatchObject(refused);
    await expect(getOrganization(actor, { organizationId })).rejects.toMatchObject(refused);
    await expect(getStatement(actor, { organizationId })).rejects.toMatchObject(refused);
    await expect(
      suspendOrganization(actor, { organizationId, suspended: true, reason }),
    ).rejects.toMatchObject(refused);
    await expect(revokeKeyByOperator(actor, { keyId: newId(), reason })).rejects.toMatchObject(
      refused,
    );
  }
});
