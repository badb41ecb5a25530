import { audit } from '@/server/features/organizations';
import { SYSTEM } from '@/server/platform/actor';
import { clock } from '@/server/platform/clock';
import type { Tx } from '@/server/platform/db';

/**
 * Disables the endpoints of organizations with only this user as a member: a stranger who signed up
 * with the user's address may have added them to read events.
 */
export async function disableEndpointsOf(tx: Tx, userId: string): Promise<void> {
  const organizations = await tx.organization.findMany({
    where: { members: { some: { userId }, every: { userId } } },
    select: { id: true },
  });
  for (const { id } of organizations) {
    const disabled = await tx.endpoint.updateManyAndReturn({
      where: { organizationId: id, status: 'enabled', deletedAt: null },
      data: {
        status: 'disabled',
        disabledReason: 'It was added before the owner’s e-mail address was confirmed.',
        updatedAt: clock.now(),
      },
      select: { id: true },
    });
    for (const endpoint of disabled) {
      await audit(tx, SYSTEM, 'endpoint.disabled', `endpoint:${endpoint.id}`, {}, id);
    }
  }
}
