import { describe, expect, it } from 'vitest';
import { db } from '@/server/platform/db';
import { useTestDatabase } from '@/server/testing/database';
import { createOrganization, keyActor, memberActor } from '@/server/testing/factories';
import {
  createEndpoint,
  deleteEndpoint,
  getEndpoint,
  listEndpoints,
  rotateSecret,
  updateEndpoint,
} from './index';

useTestDatabase();

const url = 'https://example.com/hooks';
const page = { limit: 20 };

async function ownerWithEndpoint() {
  const organization = await createOrganization({ funds: 0n });
  const owner = await memberActor(organization);
  const endpoint = await createEndpoint(owner, { url });
  return { organization, owner, endpoint };
}

describe('an endpoint’s secret', () => {
  it('is shown when it is made, and never again', async () => {
    const { owner, endpoint } = await ownerWithEndpoint();
    expect(endpoint.secret).toMatch(/^whsec_[A-Za-z0-9+/]{43}=$/);
    expect(await getEndpoint(owner, endpoint.id)).not.toHaveProperty('secret');
    expect((await listEndpoints(owner, page)).data[0]).not.toHaveProperty('secret');
    const changed = await updateEndpoint(owner, endpoint.id, { description: 'Ours' });
    expect(changed).not.toHaveProperty('secret');
  });

  it('is not readable in the database, nor in the audit log', async () => {
    const { organization, endpoint } = await ownerWithEndpoint();
    const row = await db.endpoint.findUniqueOrThrow({ where: { id: endpoint.id } });
    expect(row.secret).not.toContain(endpoint.secret.slice('whsec_'.length));
    const log = await db.auditEntry.findMany({ where: { organizationId: organization.id } });
    expect(log.map(({ action }) => action)).toContain('endpoint.created');
    expect(JSON.stringify(log)).not.toContain(endpoint.secret);
  });

  it('is another one after each rotation, and the former one stays for a day', async () => {
    const { owner, endpoint } = await ownerWithEndpoint();
    const rotated = await rotateSecret(owner, endpoint.id);
    expect(rotated.secret).not.toBe(endpoint.secret);
    const overlapMs = Date.parse(rotated.previous_secret_expires_at) - Date.now();
    expect(overlapMs / 3_600_000).toBeCloseTo(24, 1);
  });

  it('is gone when the endpoint is deleted', async () => {
    const { owner, endpoint } = await ownerWithEndpoint();
    await deleteEndpoint(owner, endpoint.id);
    await expect(getEndpoint(owner, endpoint.id)).rejects.toMatchObject({ status: 404 });
    await expect(rotateSecret(owner, endpoint.id)).rejects.toMatchObject({ status: 404 });
    expect(await db.endpoint.findUnique({ where: { id: endpoint.id } })).toMatchObject({
      secret: '',
      status: 'disabled',
    });
  });
});

describe('who may', () => {
  it('strangers, and the same organization in the other mode, see nothing', async () => {
    const { organization, endpoint } = await ownerWithEndpoint();
    const strangers = [
      await memberActor(await createOrganization({ funds: 0n })),
      await memberActor(organization, 'live'),
    ];
    for (const stranger of strangers) {
      const notFound = { status: 404, code: 'not_found' };
      await expect(getEndpoint(stranger, endpoint.id)).rejects.toMatchObject(notFound);
      await expect(deleteEndpoint(stranger, endpoint.id)).rejects.toMatchObject(notFound);
      await expect(rotateSecret(stranger, endpoint.id)).rejects.toMatchObject(notFound);
      await expect(updateEndpoint(stranger, endpoint.id, {})).rejects.toMatchObject(notFound);
      expect((await listEndpoints(stranger, page)).data).toEqual([]);
    }
  });

  it('viewers look and change nothing', async () => {
    const { organization, endpoint } = await ownerWithEndpoint();
    const viewer = await memberActor(organization, 'test', 'viewer');
    expect(await getEndpoint(viewer, endpoint.id)).toMatchObject({ url });
    const forbidden = { status: 403, code: 'not_allowed' };
    await expect(createEndpoint(viewer, { url })).rejects.toMatchObject(forbidden);
    await expect(rotateSecret(viewer, endpoint.id)).rejects.toMatchObject(forbidden);
  });

  it('keys need their scope', async () => {
    const { organization } = await ownerWithEndpoint();
    const reader = await keyActor(organization, 'test', { scopes: ['tasks:read'] });
    await expect(createEndpoint(reader, { url })).rejects.toMatchObject({
      status: 403,
      code: 'missing_scope',
    });
  });
});

describe('an endpoint’s fields', () => {
  it('an unusable URL is refused by name and leaves no row', async () => {
    const organization = await createOrganization({ funds: 0n });
    const owner = await memberActor(organization, 'live');
    for (const bad of ['http://example.com', 'https://10.0.0.1/', 'https://169.254.169.254/']) {
      await expect(createEndpoint(owner, { url: bad }), bad).rejects.toMatchObject({
        status: 400,
        param: 'url',
      });
    }
    expect(await db.endpoint.count({ where: { organizationId: organization.id } })).toBe(0);
  });

  it('at most 16 in each mode, also when they are made at once', async () => {
    const owner = await memberActor(await createOrganization({ funds: 0n }));
    const made = await Promise.allSettled(
      Array.from({ length: 20 }, () => createEndpoint(owner, { url })),
    );
    expect(made.filter(({ status }) => status === 'fulfilled')).toHaveLength(16);
    const refused = made.find((result) => result.status === 'rejected');
    expect(refused?.status === 'rejected' && refused.reason).toMatchObject({
      status: 422,
      code: 'too_many_endpoints',
    });
  });

  it('enabling an endpoint forgets why it was disabled', async () => {
    const { owner, endpoint } = await ownerWithEndpoint();
    expect(await updateEndpoint(owner, endpoint.id, { status: 'disabled' })).toMatchObject({
      status: 'disabled',
      disabled_reason: 'Disabled by its owner.',
    });
    expect(await updateEndpoint(owner, endpoint.id, { status: 'enabled' })).toMatchObject({
      status: 'enabled',
      disabled_reason: null,
      failing_since: null,
      url,
    });
  });

  it('pages go through all of them once', async () => {
    const { owner } = await ownerWithEndpoint();
    for (let n = 0; n < 4; n++) await createEndpoint(owner, { url: `${url}/${n}` });
    const first = await listEndpoints(owner, { limit: 3 });
    expect(first).toMatchObject({ has_more: true });
    const second = await listEndpoints(owner, { limit: 3, after: first.next_cursor ?? '' });
    expect(second).toMatchObject({ has_more: false, next_cursor: null });
    const urls = [...first.data, ...second.data].map((endpoint) => endpoint.url);
    expect(urls).toEqual([`${url}/3`, `${url}/2`, `${url}/1`, `${url}/0`, url]);
  });
});
