import type { Actor, MemberRole, Mode, OrganizationActor } from '@/server/platform/actor';
import { Forbidden, NotFound } from '@/server/platform/errors';

/** Permissions of members, one function each. API keys have scopes instead. */

function isMemberAs(actor: Actor, ...roles: MemberRole[]): boolean {
  return actor.kind === 'member' && roles.includes(actor.role);
}

/** Owners and admins manage all keys; developers those of test mode, where no real money moves. */
export function canManageKeys(actor: Actor, mode: Mode): boolean {
  return isMemberAs(actor, 'owner', 'admin') || (mode === 'test' && isMemberAs(actor, 'developer'));
}

/** Every member may list keys; nobody can see their text again. */
export function canListKeys(actor: Actor): boolean {
  return actor.kind === 'member';
}

/** Owners and admins invite members, change their roles and remove them. */
export function canManageTeam(actor: Actor): boolean {
  return isMemberAs(actor, 'owner', 'admin');
}

/** Only owners grant or revoke the owner role, because owners can do everything. */
export function canGrant(actor: Actor, role: MemberRole): boolean {
  return isMemberAs(actor, 'owner') || (role !== 'owner' && isMemberAs(actor, 'admin'));
}

/** Owners and admins rename the organization. */
export function canManageOrganization(actor: Actor): boolean {
  return isMemberAs(actor, 'owner', 'admin');
}

/** Only owners transfer or close the organization. */
export function isOwner(actor: Actor): boolean {
  return isMemberAs(actor, 'owner');
}

/** Owners and admins read the audit log. */
export function canReadAudit(actor: Actor): boolean {
  return isMemberAs(actor, 'owner', 'admin');
}

/** Owners and admins choose who answers: the organization's own people, and the public pool. */
export function canManagePeople(actor: Actor): boolean {
  return isMemberAs(actor, 'owner', 'admin');
}

/** Owners and admins set spend limits and the low-balance threshold. */
export function canSetSpendLimits(actor: Actor): boolean {
  return isMemberAs(actor, 'owner', 'admin');
}

/**
 * All members except viewers manage task types. The transport checks that keys have `tasks:write`.
 */
export function canManageTaskTypes(actor: Actor): boolean {
  return actor.kind === 'key' || isMemberAs(actor, 'owner', 'admin', 'developer');
}

/**
 * Asserts that the actor acts for an organization.
 * @throws NotFound for workers, operators and the system.
 */
export function assertActsForOrganization(actor: Actor, noun: string): OrganizationActor {
  if (actor.kind === 'key' || actor.kind === 'member') return actor;
  throw new NotFound(noun);
}

/**
 * Guards a use case with one of the predicates above.
 * @throws Forbidden with `message`, which should say who is allowed.
 */
export function assertAllowed(allowed: boolean, message: string): void {
  if (!allowed) throw new Forbidden('not_allowed', message);
}

/**
 * Returns the actor if it manages its organization's team and may grant each of `roles`.
 * @throws NotFound, Forbidden
 */
export function assertManagesTeam(actor: Actor, ...roles: MemberRole[]): OrganizationActor {
  const manager = assertActsForOrganization(actor, 'member');
  assertAllowed(canManageTeam(actor), 'Only owners and admins can manage the team.');
  assertAllowed(
    roles.every((role) => canGrant(actor, role)),
    'Only owners can grant or revoke the owner role.',
  );
  return manager;
}
