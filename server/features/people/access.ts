import {
  assertActsForOrganization,
  assertAllowed,
  canManagePeople,
} from '@/server/features/organizations';
import type { Actor, Mode, OrganizationActor } from '@/server/platform/actor';

/** People only work in live mode; test mode has simulated workers. */
export const PEOPLE_MODE: Mode = 'live';

/**
 * The actor as a member, who sees the organization's people in either mode.
 * @throws NotFound for workers, operators and keys.
 */
export function assertSeesPeople(actor: Actor): OrganizationActor {
  const customer = assertActsForOrganization(actor, 'person');
  assertAllowed(customer.kind === 'member', 'Only members of the organization can see its people.');
  return customer;
}

/** @throws NotFound, Forbidden for developers and viewers. */
export function assertManagesPeople(actor: Actor): OrganizationActor {
  const manager = assertSeesPeople(actor);
  assertAllowed(canManagePeople(actor), 'Only owners and admins can manage people.');
  return manager;
}
