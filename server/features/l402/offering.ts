import { createOrganization, isSuspended } from '@/server/features/organizations';
import { hasLightning } from '@/server/features/payouts';
import { changeSetting, getRecentSettings, getSettings } from '@/server/features/settings';
import type { Actor } from '@/server/platform/actor';
import { db, type Tx } from '@/server/platform/db';
import { assertOperator } from './access';
import type { Offering } from './schema';

const NAME = 'Pay per task';

/**
 * Whose tasks those without a key are; null where none are offered: by the operator's word, without a
 * Lightning rail, or while that organization is suspended.
 */
export async function offeringOrganization(): Promise<string | null> {
  const { enabled, organizationId } = (await getRecentSettings()).l402;
  if (!enabled || organizationId === null) return null;
  const isOffered = (await hasLightning()) && !(await isSuspended(organizationId));
  return isOffered ? organizationId : null;
}

/** @throws Forbidden for anybody but operators. */
export async function getOffering(actor: Actor): Promise<Offering> {
  assertOperator(actor);
  const { enabled, organizationId } = (await getSettings()).l402;
  const organization = organizationId ? await findOrganization(db, organizationId) : null;
  return { enabled, organization, hasLightning: await hasLightning() };
}

/**
 * Offers tasks without a key, or no longer. What was bought stays readable, and refunds stay payable.
 * @throws Forbidden for anybody but operators.
 */
export async function saveOffering(actor: Actor, { enabled }: { enabled: boolean }) {
  const { userId } = assertOperator(actor);
  await changeSetting(actor, 'l402', async (tx, { organizationId }) => {
    const isThere =
      organizationId !== null && (await findOrganization(tx, organizationId)) !== null;
    if (isThere || !enabled) return { enabled, organizationId };
    const made = await createOrganization(tx, { name: NAME, ownerUserId: userId });
    return { enabled, organizationId: made.id };
  });
  return getOffering(actor);
}

/** Null where it was deleted. */
function findOrganization(reader: Pick<Tx, 'organization'>, id: string) {
  return reader.organization.findFirst({
    where: { id, deletedAt: null },
    select: { id: true, name: true },
  });
}
