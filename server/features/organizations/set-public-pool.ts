import type { Actor } from '@/server/platform/actor';
import { transaction } from '@/server/platform/db';
import { assertActsForOrganization, assertAllowed, canManagePeople } from './access';
import { findPool } from './find-pool';
import { audit } from './record-audit';
import { SetPublicPool } from './schema';

/**
 * Opens the organization's live tasks to the public pool, or restricts them to its own people.
 * Existing tasks are not affected; other processes follow within five seconds.
 * @throws NotFound, Forbidden
 */
export async function setPublicPool(actor: Actor, input: SetPublicPool): Promise<SetPublicPool> {
  const { publicPool } = SetPublicPool.parse(input);
  const { organizationId: id } = assertActsForOrganization(actor, 'organization');
  assertAllowed(canManagePeople(actor), 'Only owners and admins can switch the public pool.');
  await transaction(async (tx) => {
    const { count } = await tx.organization.updateMany({
      where: { id, publicPool: !publicPool },
      data: { publicPool },
    });
    if (count === 0) return;
    const action = publicPool
      ? 'organization.public_pool_opened'
      : 'organization.public_pool_closed';
    await audit(tx, actor, action, `organization:${id}`);
  });
  findPool.forget(id);
  return { publicPool };
}
