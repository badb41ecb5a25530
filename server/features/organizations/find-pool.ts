import { db } from '@/server/platform/db';
import { remembered } from '@/server/platform/remembered';

/**
 * The pool of an organization's tasks: its own ID if it disabled the public pool, else null. Cached
 * for five seconds, because every create reads it.
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
