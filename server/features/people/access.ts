import {
  assertActsForOrganization,
  assertAllowed,
  canManagePeople,
} from '@/server/features/organizations';
import type { Actor, Mode, OrganizationActor } from '@/server/platform/actor';

/** People work for real: test mode has simulated workers, who belong to nobody. */
export const PEOPLE_MODE: Mode = 'live';

/**
 * The actor as a member, who sees the organization's people whatever mode is on show.
 * @throws NotFound for workers, operators and keys.
 */
export function assertSeesPeople(actor: Actor): OrganizationActor {
  const customer = assertActsForOrganization(actor, 'person');
  assertAllowed(customer.kind === 'member', 'People are for members of the organization.');
  return customer;
}

/** @throws NotFound, Forbidden for developers and viewers. */
export function assertManagesPeople(actor: Actor): OrganizationActor {
  const manager = assertSeesPeople(actor);
  assertAllowed(canManagePeople(actor), 'People are managed by owners and admins.');
  return manager;
}
