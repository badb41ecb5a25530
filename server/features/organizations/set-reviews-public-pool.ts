import type { Actor } from '@/server/platform/actor';
import { transaction } from '@/server/platform/db';
import { assertActsForOrganization, assertAllowed, canManagePeople } from './access';
import { audit } from './record-audit';

/**
 * Whether the organization's members, in addition to operators, review answers of the public pool.
 * @throws NotFound, Forbidden
 */
export async function setReviewsPublicPool(
  actor: Actor,
  reviewsPublicPool: boolean,
): Promise<void> {
  const { organizationId: id } = assertActsForOrganization(actor, 'organization');
  assertAllowed(canManagePeople(actor), 'Only owners and admins can choose who reviews.');
  await transaction(async (tx) => {
    const { count } = await tx.organization.updateMany({
      where: { id, reviewsPublicPool: !reviewsPublicPool },
      data: { reviewsPublicPool },
    });
    if (count === 0) return;
    const action = 'organization.reviews_public_pool_changed';
    await audit(tx, actor, action, `organization:${id}`, { reviewsPublicPool });
  });
}
