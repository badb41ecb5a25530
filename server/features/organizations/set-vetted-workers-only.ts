import type { Actor } from '@/server/platform/actor';
import { transaction } from '@/server/platform/db';
import { assertActsForOrganization, assertAllowed, canManagePeople } from './access';
import { audit } from './record-audit';
import { SetVettedWorkersOnly } from './schema';

/**
 * Shows the organization's tasks in the public pool only to workers approved by an operator, or to
 * everyone there with a confirmed address and the skills. Applies to open tasks immediately;
 * existing assignments are kept.
 * @throws NotFound, Forbidden
 */
export async function setVettedWorkersOnly(
  actor: Actor,
  input: SetVettedWorkersOnly,
): Promise<SetVettedWorkersOnly> {
  const { vettedWorkersOnly } = SetVettedWorkersOnly.parse(input);
  const { organizationId: id } = assertActsForOrganization(actor, 'organization');
  assertAllowed(canManagePeople(actor), 'Only owners and admins can manage the public pool.');
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
