import { assertActsForOrganization, setReviewsPublicPool } from '@/server/features/organizations';
import type { Actor } from '@/server/platform/actor';
import { db } from '@/server/platform/db';
import type { ReviewScope } from './schema';

/** Whether the organization's members review answers of the public pool. @throws NotFound */
export async function getReviewScope(actor: Actor): Promise<ReviewScope> {
  const { organizationId: id } = assertActsForOrganization(actor, 'organization');
  const { reviewsPublicPool } = await db.organization.findUniqueOrThrow({
    where: { id },
    select: { reviewsPublicPool: true },
  });
  return { publicPool: reviewsPublicPool };
}

/** Changes that, including for open reviews. @throws NotFound, Forbidden */
export async function setReviewScope(actor: Actor, scope: ReviewScope): Promise<ReviewScope> {
  await setReviewsPublicPool(actor, scope.publicPool);
  return scope;
}
