import { clock } from '@/server/platform/clock';
import type { Tx } from '@/server/platform/db';

/** Deletes every endpoint of a closing organization in both modes; returns the number deleted. */
export async function deleteEveryEndpoint(tx: Tx, organizationId: string): Promise<number> {
  const now = clock.now();
  const { count } = await tx.endpoint.updateMany({
    where: { organizationId, deletedAt: null },
    data: {
      status: 'disabled',
      disabledReason: 'The organization was closed.',
      deletedAt: now,
      updatedAt: now,
      secret: '',
      previousSecret: null,
      previousSecretExpiresAt: null,
    },
  });
  return count;
}
