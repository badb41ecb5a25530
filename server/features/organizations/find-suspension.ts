import { db } from '@/server/platform/db';
import { remembered } from '@/server/platform/remembered';
import { OrganizationSuspended } from './errors';

/**
 * Whether an operator has suspended the organization. Cached for 2.5 seconds, because every call
 * reads it.
 */
export const isSuspended = remembered({
  name: 'organizations.suspension',
  read: async (organizationId: string): Promise<boolean> => {
    const row = await db.organization.findUnique({
      where: { id: organizationId },
      select: { suspendedAt: true },
    });
    return Boolean(row?.suspendedAt);
  },
  freshMs: 2_500,
  most: 10_000,
});

/** @throws OrganizationSuspended 403 */
export async function assertNotSuspended(organizationId: string): Promise<void> {
  if (await isSuspended(organizationId)) throw new OrganizationSuspended();
}
