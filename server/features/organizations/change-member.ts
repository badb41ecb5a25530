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
 * Changes a member's role, effective with their next request.
 * @throws NotFound, Forbidden; LastOwner 409 if no owner would be left.
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
 * Removes a member from the organization; keys and endpoints they created are kept. Any member may
 * remove themselves.
 * @throws NotFound, Forbidden; LastOwner 409 if no owner would be left.
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

/** Locks the organization's row, so that two owners who demote each other cannot both succeed. */
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
