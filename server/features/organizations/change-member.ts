import type { Member } from '@/prisma/generated/client';
import type { Actor } from '@/server/platform/actor';
import { type Tx, transaction } from '@/server/platform/db';
import { NotFound } from '@/server/platform/errors';
import { isUuid } from '@/server/platform/ids';
import { assertActsForOrganization, assertManagesTeam } from './access';
import { LastOwner } from './errors';
import { audit } from './record-audit';
import { ChangeRole } from './schema';

/**
 * Gives a member another role; it counts from the member's next request.
 * @throws NotFound, Forbidden; LastOwner 409 where nobody would be left as owner.
 */
export async function changeRole(actor: Actor, input: ChangeRole): Promise<ChangeRole> {
  const { userId, role } = ChangeRole.parse(input);
  const { organizationId } = assertManagesTeam(actor, role);
  await transaction(async (tx) => {
    const member = await lockedMember(tx, organizationId, userId);
    assertManagesTeam(actor, member.role);
    if (member.role === role) return;
    if (member.role === 'owner') await assertAnotherOwner(tx, organizationId);
    await tx.member.update({
      where: { organizationId_userId: { organizationId, userId } },
      data: { role },
    });
    await audit(tx, actor, 'member.role_changed', `member:${userId}`, {
      from: member.role,
      to: role,
    });
  });
  return { userId, role };
}

/**
 * Takes a member out of the organization; keys and endpoints they made stay. Everybody may leave by
 * naming themselves.
 * @throws NotFound, Forbidden; LastOwner 409 where nobody would be left as owner.
 */
export async function removeMember(actor: Actor, userId: string): Promise<{ userId: string }> {
  const { organizationId } = assertActsForOrganization(actor, 'member');
  const leaves = actor.kind === 'member' && actor.userId === userId;
  if (!leaves) assertManagesTeam(actor);
  await transaction(async (tx) => {
    const member = await lockedMember(tx, organizationId, userId);
    if (!leaves) assertManagesTeam(actor, member.role);
    if (member.role === 'owner') await assertAnotherOwner(tx, organizationId);
    await tx.member.delete({ where: { organizationId_userId: { organizationId, userId } } });
    await audit(tx, actor, leaves ? 'member.left' : 'member.removed', `member:${userId}`, {
      role: member.role,
    });
  });
  return { userId };
}

/** The organization's row is the lock, so that of two owners who unmake each other one stays. */
async function lockedMember(tx: Tx, organizationId: string, userId: string): Promise<Member> {
  await tx.$queryRaw`SELECT 1 FROM organizations WHERE id = ${organizationId}::uuid FOR NO KEY UPDATE`;
  const member = isUuid(userId)
    ? await tx.member.findUnique({ where: { organizationId_userId: { organizationId, userId } } })
    : null;
  if (!member) throw new NotFound('member', userId);
  return member;
}

async function assertAnotherOwner(tx: Tx, organizationId: string): Promise<void> {
  const owners = await tx.member.count({ where: { organizationId, role: 'owner' } });
  if (owners < 2) throw new LastOwner();
}
