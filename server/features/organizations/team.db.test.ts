import { describe, expect, it } from 'vitest';
import type { MemberRole } from '@/server/platform/actor';
import { clock } from '@/server/platform/clock';
import { db } from '@/server/platform/db';
import { useTestDatabase } from '@/server/testing/database';
import { createOrganization, createSignIn, memberActor } from '@/server/testing/factories';
import { acceptInvitation, joinByInvitation, viewInvitation } from './accept-invitation';
import { changeRole, removeMember } from './change-member';
import { createInvitation, revokeInvitation } from './create-invitation';
import { listAudit, listInvitations, listMembers } from './list-team';
import { memberActor as resolveMember } from './queries';

useTestDatabase();

async function team() {
  const organization = await createOrganization({ funds: 0n });
  const owner = {
    kind: 'member',
    organizationId: organization.id,
    mode: 'test',
    userId: organization.ownerUserId,
    role: 'owner',
  } as const;
  return { organization, owner };
}

const tokenOf = ({ url }: { url: string }) => url.split('/').at(-1) ?? '';
const person = () => ({
  email: `${crypto.randomUUID()}@example.com`,
  name: 'Grace',
  password: 'a few plain words',
});

describe('an invitation', () => {
  it('lets one person in, in its role, once', async () => {
    const { organization, owner } = await team();
    const token = tokenOf(await createInvitation(owner, { role: 'developer', note: 'Grace' }));
    expect(await viewInvitation(token)).toMatchObject({
      organizationName: organization.name,
      role: 'developer',
    });
    const first = await createSignIn();
    const second = await createSignIn();
    const results = await Promise.allSettled([
      acceptInvitation({ userId: first.id, sessionId: '' }, token),
      acceptInvitation({ userId: second.id, sessionId: '' }, token),
    ]);
    expect(results.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
    const roles = (await listMembers(owner)).map(({ role }) => role);
    expect(roles.sort()).toEqual(['developer', 'owner']);
    expect(await listInvitations(owner)).toEqual([]);
    await expect(viewInvitation(token)).rejects.toMatchObject({ status: 404 });
  });

  it('gives somebody new an account, and no organization besides', async () => {
    const { organization, owner } = await team();
    const token = tokenOf(await createInvitation(owner, { role: 'viewer' }));
    const grace = person();
    expect(await joinByInvitation({ token, ...grace })).toEqual({
      organizationId: organization.id,
    });
    const user = await db.user.findUniqueOrThrow({
      where: { email: grace.email },
      include: { members: true },
    });
    expect(user.members.map(({ role }) => role)).toEqual(['viewer']);
  });

  it('leaves no account behind where it does not let in', async () => {
    const { owner } = await team();
    const invitation = await createInvitation(owner, { role: 'viewer' });
    await revokeInvitation(owner, invitation.id);
    const grace = person();
    await expect(joinByInvitation({ token: tokenOf(invitation), ...grace })).rejects.toMatchObject({
      status: 404,
    });
    expect(await db.user.findUnique({ where: { email: grace.email } })).toBeNull();
  });

  it('is over after a week', async () => {
    const { owner } = await team();
    const invitation = await createInvitation(owner, { role: 'viewer' });
    await db.invitation.update({
      where: { id: invitation.id },
      data: { expiresAt: new Date(clock.nowMs() - 1) },
    });
    await expect(viewInvitation(tokenOf(invitation))).rejects.toMatchObject({ status: 404 });
  });

  it('is not used up by who is a member already, and cannot lower a role', async () => {
    const { owner } = await team();
    const token = tokenOf(await createInvitation(owner, { role: 'viewer' }));
    await expect(
      acceptInvitation({ userId: owner.userId, sessionId: '' }, token),
    ).rejects.toMatchObject({ status: 409 });
    expect(await viewInvitation(token)).toMatchObject({ role: 'viewer' });
    expect((await listMembers(owner)).map(({ role }) => role)).toEqual(['owner']);
  });

  it('is kept as a hash alone', async () => {
    const { organization, owner } = await team();
    const token = tokenOf(await createInvitation(owner, { role: 'viewer' }));
    const rows = await db.invitation.findMany({ where: { organizationId: organization.id } });
    const log = await db.auditEntry.findMany({ where: { organizationId: organization.id } });
    expect(JSON.stringify([rows, log])).not.toContain(token);
  });
});

describe('roles', () => {
  it.each([
    ['admin', 'owner', 403],
    ['developer', 'viewer', 403],
    ['viewer', 'viewer', 403],
  ] as [MemberRole, MemberRole, number][])(
    'do not let a member who is %s grant %s',
    async (role, granted, status) => {
      const { organization } = await team();
      const actor = await memberActor(organization, 'test', role);
      const other = await memberActor(organization, 'test', 'viewer');
      await expect(createInvitation(actor, { role: granted })).rejects.toMatchObject({ status });
      await expect(
        changeRole(actor, { userId: other.userId, role: granted }),
      ).rejects.toMatchObject({ status });
    },
  );

  it('count from the next request', async () => {
    const { organization, owner } = await team();
    const other = await memberActor(organization, 'test', 'viewer');
    await changeRole(owner, { userId: other.userId, role: 'admin' });
    const now = await resolveMember({ userId: other.userId, mode: 'test' });
    expect(now.role).toBe('admin');
    await removeMember(owner, other.userId);
    await expect(resolveMember({ userId: other.userId, mode: 'test' })).rejects.toMatchObject({
      status: 404,
    });
  });

  it('keep an owner, also where two unmake each other at once', async () => {
    const { organization, owner } = await team();
    await expect(removeMember(owner, owner.userId)).rejects.toMatchObject({ code: 'last_owner' });
    const second = await memberActor(organization, 'test', 'owner');
    await Promise.allSettled([
      removeMember(owner, second.userId),
      removeMember(second, owner.userId),
    ]);
    const owners = await db.member.count({
      where: { organizationId: organization.id, role: 'owner' },
    });
    expect(owners).toBe(1);
  });

  it('let an admin neither unmake an owner nor touch another organization', async () => {
    const { organization, owner } = await team();
    const admin = await memberActor(organization, 'test', 'admin');
    await expect(removeMember(admin, owner.userId)).rejects.toMatchObject({ status: 403 });
    const { owner: stranger } = await team();
    await expect(removeMember(admin, stranger.userId)).rejects.toMatchObject({ status: 404 });
  });
});

describe('the audit log', () => {
  it('tells who did what by name, to owners and admins', async () => {
    const { organization, owner } = await team();
    await createInvitation(owner, { role: 'viewer', note: 'Grace' });
    const { data } = await listAudit(owner, { limit: 10, action: 'invitation' });
    expect(data).toMatchObject([
      { actor: 'Owner', action: 'invitation.created', data: { role: 'viewer', note: 'Grace' } },
    ]);
    const developer = await memberActor(organization, 'test', 'developer');
    await expect(listAudit(developer, { limit: 10 })).rejects.toMatchObject({ status: 403 });
  });
});
