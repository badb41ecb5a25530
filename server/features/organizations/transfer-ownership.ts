import type { Actor } from '@/server/platform/actor';
import { transaction } from '@/server/platform/db';
import { Conflict, NotFound } from '@/server/platform/errors';
import { assertActsForOrganization, assertAllowed, isOwner } from './access';
import { NameNotTyped } from './errors';
import { audit } from './record-audit';
import { TransferOwnership } from './schema';

/**
 * Transfers ownership: an admin becomes owner, and the current owner becomes an admin. Both change
 * in one transaction, so there is always an owner.
 * @throws NotFound, Forbidden unless the actor is an owner; NameNotTyped 400; Conflict 409 if the
 * other member is not an admin.
 */
export async function transferOwnership(
  actor: Actor,
  input: TransferOwnership,
): Promise<{ userId: string }> {
  const { userId, organizationName } = TransferOwnership.parse(input);
  const { organizationId } = assertActsForOrganization(actor, 'organization');
  assertAllowed(isOwner(actor), 'Only an owner can transfer the organization.');
  const from = 'userId' in actor ? actor.userId : '';
  await transaction(async (tx) => {
    const [row] = await tx.$queryRaw<{ name: string }[]>`
      SELECT name FROM organizations WHERE id = ${organizationId}::uuid FOR NO KEY UPDATE`;
    const members = await tx.member.findMany({
      where: { organizationId, userId: { in: [from, userId] } },
    });
    const roleOf = (id: string) => members.find((member) => member.userId === id)?.role;
    if (!roleOf(userId)) throw new NotFound('member', userId);
    // Read again under the lock: the role may have been removed in the meantime.
    assertAllowed(roleOf(from) === 'owner', 'Only an owner can transfer the organization.');
    if (row?.name !== organizationName) throw new NameNotTyped();
    if (roleOf(userId) !== 'admin') {
      throw new Conflict(
        'not_an_admin',
        'The new owner must be an admin. Make them an admin first.',
      );
    }
    const change = (id: string, role: 'owner' | 'admin') =>
      tx.member.update({
        where: { organizationId_userId: { organizationId, userId: id } },
        data: { role },
      });
    await change(userId, 'owner');
    await change(from, 'admin');
    await audit(tx, actor, 'organization.transferred', `organization:${organizationId}`, {
      from: `member:${from}`,
      to: `member:${userId}`,
    });
  });
  return { userId };
}
