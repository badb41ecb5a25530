import { describe, expect, it } from 'vitest';
import { authenticateKey } from '@/server/features/api-keys';
import { reconcile } from '@/server/features/ledger';
import { createEndpoint } from '@/server/features/webhooks';
import { db } from '@/server/platform/db';
import { env } from '@/server/platform/env';
import { call } from '@/server/testing/call';
import { useTestDatabase } from '@/server/testing/database';
import { createKey, createOrganization, memberActor } from '@/server/testing/factories';
import { createInvitation } from '../organizations/create-invitation';
import { memberActor as resolveMember } from '../organizations/queries';
import { closeOrganization, previewClosure } from './close-organization';

useTestDatabase();
env.WEBHOOKS_ALLOW_PRIVATE = true;

const NAME = 'Organization under test';

async function organization() {
  const row = await createOrganization({ funds: 5_000 });
  const owner = {
    kind: 'member',
    organizationId: row.id,
    mode: 'live',
    userId: row.ownerUserId,
    role: 'owner',
  } as const;
  return { row, owner };
}

const task = { type: 'closing', payload: { q: 1 }, payout_sats: 10, sla_seconds: 600 };

describe('closing an organization', () => {
  it('ends keys, endpoints, invitations and memberships, and keeps the ledger', async () => {
    const { row, owner } = await organization();
    const keys = [await createKey(row, 'test'), await createKey(row, 'live')];
    await createEndpoint(owner, { url: 'https://example.com/hook' });
    const invitation = await createInvitation(owner, { role: 'viewer' });
    const other = await memberActor(row, 'live', 'admin');
    for (const key of keys) await authenticateKey(key.text);
    expect(await previewClosure(owner)).toMatchObject({ openTasks: 0, keys: 2, endpoints: 1 });

    await closeOrganization(owner, { organizationName: NAME, leavesSats: 5_000 });

    for (const key of keys) {
      await expect(authenticateKey(key.text)).rejects.toMatchObject({ status: 401 });
    }
    for (const userId of [owner.userId, other.userId]) {
      await expect(
        resolveMember({ userId, organizationId: row.id, mode: 'live' }),
      ).rejects.toMatchObject({ status: 404 });
    }
    expect(await db.endpoint.count({ where: { organizationId: row.id, deletedAt: null } })).toBe(0);
    expect(
      (await db.invitation.findUniqueOrThrow({ where: { id: invitation.id } })).revokedAt,
    ).not.toBeNull();
    const account = await db.account.findFirstOrThrow({
      where: { owner: row.id, mode: 'live', kind: 'organization_available' },
    });
    expect(account.balance).toBe(5_000n);
    expect(await reconcile()).toMatchObject({ ok: true });
    const entry = await db.auditEntry.findFirstOrThrow({
      where: { organizationId: row.id, action: 'organization.closed' },
    });
    expect(entry.actor).toBe(`member:${owner.userId}`);
    await expect(
      closeOrganization(owner, { organizationName: NAME, leavesSats: 5_000 }),
    ).rejects.toMatchObject({ status: 404 });
  });

  it('is refused while a task is open, and changes nothing then', async () => {
    const { row, owner } = await organization();
    const key = await createKey(row, 'test');
    const made = await call('POST', '/v1/tasks', { key: key.text, body: task });
    expect(made.status).toBe(201);
    await expect(
      closeOrganization(owner, { organizationName: NAME, leavesSats: 5_000 }),
    ).rejects.toMatchObject({ status: 409, code: 'tasks_open' });
    await call('POST', `/v1/tasks/${made.body.id}/cancel`, { key: key.text });
    await closeOrganization(owner, { organizationName: NAME, leavesSats: 5_000 });
    expect((await call('POST', '/v1/tasks', { key: key.text, body: task })).status).toBe(401);
  });

  it.each([
    ['another name', { organizationName: 'Another', leavesSats: 5_000 }, 400],
    ['the name in another case', { organizationName: NAME.toUpperCase(), leavesSats: 5_000 }, 400],
    ['another balance than was shown', { organizationName: NAME, leavesSats: 4_999 }, 409],
  ])('is refused by %s', async (_case, input, status) => {
    const { row, owner } = await organization();
    await expect(closeOrganization(owner, input)).rejects.toMatchObject({ status });
    expect(await db.member.count({ where: { organizationId: row.id } })).toBe(1);
  });

  it('happens once where two owners do it at the same time', async () => {
    const { row, owner } = await organization();
    const second = await memberActor(row, 'live', 'owner');
    const input = { organizationName: NAME, leavesSats: 5_000 };
    const results = await Promise.allSettled([
      closeOrganization(owner, input),
      closeOrganization(second, input),
    ]);
    expect(results.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
  });

  it.each(['admin', 'developer', 'viewer'] as const)(
    'is refused to a member who is %s',
    async (role) => {
      const { row } = await organization();
      const actor = await memberActor(row, 'live', role);
      await expect(previewClosure(actor)).rejects.toMatchObject({ status: 403 });
      await expect(
        closeOrganization(actor, { organizationName: NAME, leavesSats: 5_000 }),
      ).rejects.toMatchObject({ status: 403 });
    },
  );
});
