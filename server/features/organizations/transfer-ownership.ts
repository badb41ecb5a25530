import type { Actor } from '@/server/platform/actor';
import { transaction } from '@/server/platform/db';
import { Conflict, NotFound } from '@/server/platform/errors';
import { assertActsForOrganization, assertAllowed, isOwner } from './access';
import { NameNotTyped } from './errors';
import { audit } from './record-audit';
import { TransferOwnership } from './schema';

/**
 * Hands the organization over: an admin becomes owner in the place of the owner who asks, who stays
 * as an admin. Both change in one transaction, so there is an owner at every moment.
 * @throws NotFound, Forbidden for who is no owner; NameNotTyped 400; Conflict 409 where the other is
 *   no admin.
 */
export async function transferOwnership(
  actor: Actor,
  input: TransferOwnership,
): Promise<{ userId: string }> {
  const { userId, organizationName } = TransferOwnership.parse(input);
  const { organizationId } = assertActsForOrganization(actor, 'organization');
  assertAllowed(isOwner(actor), 'Only an owner hands the organization over.');
  const from = 'userId' in actor ? actor.userId : '';
  await transaction(async (tx) => {
    const [row] = await tx.$queryRaw<{ name: string }[]>`
      SELECT name FROM organizations WHERE id = ${organizationId}::uuid FOR NO KEY UPDATE`;
    const members = await tx.member.findMany({
      where: { organizationId, userId: { in: [from, userId] } },
    });
    const roleOf = (id: string) => members.find((member) => member.userId === id)?.role;
    if (!roleOf(userId)) throw new NotFound('member', userId);
    // Read again under the lock: the role may have been taken away a moment ago.
    assertAllowed(roleOf(from) === 'owner', 'Only an owner hands the organization over.');
    if (row?.name !== organizationName) throw new NameNotTyped();
    if (roleOf(userId) !== 'admin') {
      throw new Conflict('not_an_admin', 'Make them an admin first; owners come from admins.');
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
