import { describe, expect, it } from 'vitest';
import { db } from '@/server/platform/db';
import { useTestDatabase } from '@/server/testing/database';
import { createOrganization, createSignIn, memberActor } from '@/server/testing/factories';
import { subjectsTo, tokenTo } from '@/server/testing/mailbox';
import { acceptInvitation, viewInvitation } from './accept-invitation';
import { createInvitation, resendInvitation, revokeInvitation } from './create-invitation';
import { createOwnOrganization } from './create-own-organization';
import { listMemberships } from './queries';
import { renameOrganization } from './rename-organization';
import { transferOwnership } from './transfer-ownership';

useTestDatabase();

async function organization(name = 'Acme') {
  const row = await createOrganization({ funds: 0n, name });
  const owner = {
    kind: 'member',
    organizationId: row.id,
    mode: 'test',
    userId: row.ownerUserId,
    role: 'owner',
  } as const;
  return { row, owner };
}

const roleOf = async (organizationId: string, userId: string) =>
  (await db.member.findUnique({ where: { organizationId_userId: { organizationId, userId } } }))
    ?.role;

describe('an organization', () => {
  it('is founded by any user, who owns it, a few a day', async () => {
    const { id } = await createSignIn();
    for (let i = 0; i < 10; i++) await createOwnOrganization(id, { name: `Number ${i}` });
    expect(await listMemberships(id)).toHaveLength(10);
    await expect(createOwnOrganization(id, { name: 'One more' })).rejects.toMatchObject({
      status: 429,
    });
    await expect(createOwnOrganization(id, { name: '  ' })).rejects.toThrow();
  });

  it('is renamed by owners and admins, and the log tells from what', async () => {
    const { row, owner } = await organization();
    await renameOrganization(owner, { name: 'Acme and sons' });
    const { name } = await db.organization.findUniqueOrThrow({ where: { id: row.id } });
    expect(name).toBe('Acme and sons');
    const entry = await db.auditEntry.findFirstOrThrow({
      where: { organizationId: row.id, action: 'organization.renamed' },
    });
    expect(entry.data).toEqual({ from: 'Acme', to: 'Acme and sons' });
    const developer = await memberActor(row, 'test', 'developer');
    await expect(renameOrganization(developer, { name: 'Mine' })).rejects.toMatchObject({
      status: 403,
    });
  });
});

describe('handing an organization over', () => {
  it('makes an admin its owner and the owner an admin', async () => {
    const { row, owner } = await organization();
    const admin = await memberActor(row, 'test', 'admin');
    await transferOwnership(owner, { userId: admin.userId, organizationName: 'Acme' });
    expect(await roleOf(row.id, admin.userId)).toBe('owner');
    expect(await roleOf(row.id, owner.userId)).toBe('admin');
    // The previous owner's session still says owner; the row does not.
    await expect(
      transferOwnership(owner, { userId: admin.userId, organizationName: 'Acme' }),
    ).rejects.toMatchObject({ status: 403 });
  });

  it.each([
    ['who is no admin', 'developer', 'Acme', 409],
    ['without its name', 'admin', 'acme', 400],
  ] as const)('is refused to somebody %s', async (_case, role, organizationName, status) => {
    const { row, owner } = await organization();
    const other = await memberActor(row, 'test', role);
    await expect(
      transferOwnership(owner, { userId: other.userId, organizationName }),
    ).rejects.toMatchObject({ status });
    expect(await roleOf(row.id, owner.userId)).toBe('owner');
  });

  it('is refused to strangers, and by who does not own it', async () => {
    const { row, owner } = await organization();
    const { owner: stranger } = await organization();
    await expect(
      transferOwnership(owner, { userId: stranger.userId, organizationName: 'Acme' }),
    ).rejects.toMatchObject({ status: 404 });
    const admin = await memberActor(row, 'test', 'admin');
    await expect(
      transferOwnership(admin, { userId: admin.userId, organizationName: 'Acme' }),
    ).rejects.toMatchObject({ status: 403 });
  });
});

describe('an invitation to an address', () => {
  it('is sent there, and again with a new link that takes the place of the former', async () => {
    const { row, owner } = await organization();
    const email = `${crypto.randomUUID()}@example.com`;
    const made = await createInvitation(owner, { role: 'developer', email });
    expect(await subjectsTo(email)).toEqual(['Owner invites you to Acme']);
    const first = await tokenTo(email, '/invitations');
    expect(made.url).toContain(first);
    expect(await viewInvitation(first)).toMatchObject({ role: 'developer' });
    await resendInvitation(owner, made.id);
    const second = await tokenTo(email, '/invitations');
    expect(second).not.toBe(first);
    await expect(viewInvitation(first)).rejects.toMatchObject({ status: 404 });
    const { id } = await createSignIn();
    await acceptInvitation({ userId: id, sessionId: '' }, second);
    expect(await roleOf(row.id, id)).toBe('developer');
    await expect(resendInvitation(owner, made.id)).rejects.toMatchObject({ status: 404 });
  });

  it('is sent again by no stranger, by nobody below its role, and not once taken back', async () => {
    const { row, owner } = await organization();
    const email = `${crypto.randomUUID()}@example.com`;
    const { id } = await createInvitation(owner, { role: 'owner', email });
    const { owner: stranger } = await organization();
    await expect(resendInvitation(stranger, id)).rejects.toMatchObject({ status: 404 });
    const admin = await memberActor(row, 'test', 'admin');
    await expect(resendInvitation(admin, id)).rejects.toMatchObject({ status: 403 });
    await revokeInvitation(owner, id);
    await expect(resendInvitation(owner, id)).rejects.toMatchObject({ status: 404 });
    expect(await subjectsTo(email)).toHaveLength(1);
  });

  it('is no way to write to strangers by the hundred', async () => {
    const { owner } = await organization();
    let refused = 0;
    for (let i = 0; i < 55; i++) {
      await createInvitation(owner, { role: 'viewer', email: `s${i}@example.com` }).catch(
        () => refused++,
      );
    }
    expect(refused).toBeGreaterThan(0);
    expect(await createInvitation(owner, { role: 'viewer' })).toMatchObject({ email: null });
  });
});
