import type { Actor } from '@/server/platform/actor';
import { transaction } from '@/server/platform/db';
import { assertActsForOrganization, assertAllowed, canManagePeople } from './access';
import { audit } from './record-audit';

/**
 * Lets the organization's members review what the public pool answered, beside the operators, or leaves it to
 * those.
 * @throws NotFound, Forbidden
 */
export async function setReviewsPublicPool(
  actor: Actor,
  reviewsPublicPool: boolean,
): Promise<void> {
  const { organizationId: id } = assertActsForOrganization(actor, 'organization');
  assertAllowed(canManagePeople(actor), 'Who reviews is chosen by owners and admins.');
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
