import { db } from '@/server/platform/db';
import { remembered } from '@/server/platform/remembered';

/**
 * The pool an organization's tasks are kept to: its own id where it has switched the public pool
 * off, else null. At most five seconds behind a change made in another process, since every create asks.
 */
export const findPool = remembered({
  name: 'organizations.pool',
  read: async (organizationId: string): Promise<string | null> => {
    const row = await db.organization.findUnique({
      where: { id: organizationId },
      select: { publicPool: true },
    });
    return row?.publicPool === false ? organizationId : null;
  },
  freshMs: 5_000,
  most: 10_000,
});
