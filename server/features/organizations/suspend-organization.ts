import type { Actor } from '@/server/platform/actor';
import { clock } from '@/server/platform/clock';
import { transaction } from '@/server/platform/db';
import { Forbidden, NotFound } from '@/server/platform/errors';
import { isSuspended } from './find-suspension';
import { audit } from './record-audit';
import { SuspendOrganization } from './schema';

/**
 * Suspends an organization: it cannot create anything and its keys become read-only until it is
 * resumed; open work continues. Other processes follow within three seconds. Idempotent.
 * @throws Forbidden, NotFound
 */
export async function suspendOrganization(actor: Actor, input: SuspendOrganization): Promise<void> {
  if (actor.kind !== 'operator') {
    throw new Forbidden(
      'not_allowed',
      'Only operators of this instance can suspend organizations.',
    );
  }
  const { organizationId: id, suspended, reason } = SuspendOrganization.parse(input);
  await transaction(async (tx) => {
    if ((await tx.organization.count({ where: { id, deletedAt: null } })) === 0) {
      throw new NotFound('organization', id);
    }
    const { count } = await tx.organization.updateMany({
      where: { id, suspendedAt: suspended ? null : { not: null } },
      data: suspended
        ? { suspendedAt: clock.now(), suspendedReason: reason }
        : { suspendedAt: null, suspendedReason: null },
    });
    if (count === 0) return;
    const action = suspended ? 'organization.suspended' : 'organization.resumed';
    await audit(tx, actor, action, `organization:${id}`, { reason }, id);
  });
  isSuspended.forget(id);
}
