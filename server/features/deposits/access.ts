import { assertActsForOrganization } from '@/server/features/organizations';
import type { Actor, OrganizationActor } from '@/server/platform/actor';
import { Forbidden } from '@/server/platform/errors';

/**
 * Whose deposits an actor sees: its organization's, in its mode.
 * @throws NotFound for actors that act for no organization.
 */
export function visibleTo(actor: Actor): Pick<OrganizationActor, 'organizationId' | 'mode'> {
  const { organizationId, mode } = assertActsForOrganization(actor, 'deposit');
  return { organizationId, mode };
}

/**
 * The actor as one that may pay in. Keys need `tasks:write`, asked at the door.
 * @throws NotFound; Forbidden for viewers.
 */
export function assertDeposits(actor: Actor): OrganizationActor {
  const depositor = assertActsForOrganization(actor, 'deposit');
  if (depositor.kind === 'member' && depositor.role === 'viewer') {
    throw new Forbidden('not_allowed', 'Funds are added by developers, admins and owners.');
  }
  return depositor;
}
