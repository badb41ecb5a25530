import { assertActsForOrganization } from '@/server/features/organizations';
import type { Actor, OrganizationActor } from '@/server/platform/actor';
import { Forbidden } from '@/server/platform/errors';

/**
 * The deposits an actor may see: its organization's, in its mode.
 * @throws NotFound if the actor has no organization.
 */
export function visibleTo(actor: Actor): Pick<OrganizationActor, 'organizationId' | 'mode'> {
  const { organizationId, mode } = assertActsForOrganization(actor, 'deposit');
  return { organizationId, mode };
}

/**
 * The actor, if it may add funds. The transport checks that keys have `tasks:write`.
 * @throws NotFound; Forbidden for viewers.
 */
export function assertDeposits(actor: Actor): OrganizationActor {
  const depositor = assertActsForOrganization(actor, 'deposit');
  if (depositor.kind === 'member' && depositor.role === 'viewer') {
    throw new Forbidden('not_allowed', 'Only developers, admins and owners can add funds.');
  }
  return depositor;
}
