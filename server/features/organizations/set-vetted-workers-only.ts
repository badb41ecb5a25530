import type { Actor } from '@/server/platform/actor';
import { transaction } from '@/server/platform/db';
import { assertActsForOrganization, assertAllowed, canManagePeople } from './access';
import { audit } from './record-audit';
import { SetVettedWorkersOnly } from './schema';

/**
 * Shows the organization's tasks in the public pool to workers whom an operator has approved alone,
 * or to everybody there who has a confirmed address and the skills. Open tasks follow at once;
 * assignments that were made stay.
 * @throws NotFound, Forbidden
 */
export async function setVettedWorkersOnly(
  actor: Actor,
  input: SetVettedWorkersOnly,
): Promise<SetVettedWorkersOnly> {
  const { vettedWorkersOnly } = SetVettedWorkersOnly.parse(input);
  const { organizationId: id } = assertActsForOrganization(actor, 'organization');
  assertAllowed(canManagePeople(actor), 'The public pool is managed by owners and admins.');
  await transaction(async (tx) => {
    const { count } = await tx.organization.updateMany({
      where: { id, vettedWorkersOnly: !vettedWorkersOnly },
      data: { vettedWorkersOnly },
    });
    if (count === 0) return;
    const action = 'organization.vetted_workers_only_changed';
    await audit(tx, actor, action, `organization:${id}`, { vettedWorkersOnly });
  });
  return { vettedWorkersOnly };
}
