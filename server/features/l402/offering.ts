import { createOrganization, isSuspended } from '@/server/features/organizations';
import { hasLightning } from '@/server/features/payouts';
import { changeSetting, getRecentSettings, getSettings } from '@/server/features/settings';
import type { Actor } from '@/server/platform/actor';
import { db, type Tx } from '@/server/platform/db';
import { assertOperator } from './access';
import type { Offering } from './schema';

const NAME = 'Pay per task';

/**
 * The organization that owns tasks bought without a key; null if none are offered: disabled by the
 * operator, no Lightning rail, or the organization is suspended.
 */
export async function offeringOrganization(): Promise<string | null> {
  const { enabled, organizationId } = (await getRecentSettings()).l402;
  if (!enabled || organizationId === null) return null;
  const isOffered = (await hasLightning()) && !(await isSuspended(organizationId));
  return isOffered ? organizationId : null;
}

/** @throws Forbidden unless the actor is an operator. */
export async function getOffering(actor: Actor): Promise<Offering> {
  assertOperator(actor);
  const { enabled, organizationId } = (await getSettings()).l402;
  const organization = organizationId ? await findOrganization(db, organizationId) : null;
  return { enabled, organization, hasLightning: await hasLightning() };
}

/**
 * Enables or disables tasks without a key. Existing purchases stay readable and refundable.
 * @throws Forbidden unless the actor is an operator.
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

/** Null if it was deleted. */
function findOrganization(reader: Pick<Tx, 'organization'>, id: string) {
  return reader.organization.findFirst({
    where: { id, deletedAt: null },
    select: { id: true, name: true },
  });
}
