import type { Actor, MemberRole, Mode, OrganizationActor } from '@/server/platform/actor';
import { Forbidden, NotFound } from '@/server/platform/errors';

/** Who may do what in an organization, one sentence a function. Keys act by their scopes instead. */

function isMemberAs(actor: Actor, ...roles: MemberRole[]): boolean {
  return actor.kind === 'member' && roles.includes(actor.role);
}

/** Owners and admins manage every key; developers those of test mode, where no money is real. */
export function canManageKeys(actor: Actor, mode: Mode): boolean {
  return isMemberAs(actor, 'owner', 'admin') || (mode === 'test' && isMemberAs(actor, 'developer'));
}

/** Every member may see which keys there are; their texts nobody can see again. */
export function canListKeys(actor: Actor): boolean {
  return actor.kind === 'member';
}

/** Owners and admins invite people, give them roles and take them away. */
export function canManageTeam(actor: Actor): boolean {
  return isMemberAs(actor, 'owner', 'admin');
}

/** Who was made an owner can do everything, so that only owners make and unmake owners. */
export function canGrant(actor: Actor, role: MemberRole): boolean {
  return isMemberAs(actor, 'owner') || (role !== 'owner' && isMemberAs(actor, 'admin'));
}

/** Owners and admins say what the organization is called. */
export function canManageOrganization(actor: Actor): boolean {
  return isMemberAs(actor, 'owner', 'admin');
}

/** Owners alone hand the organization over or close it. */
export function isOwner(actor: Actor): boolean {
  return isMemberAs(actor, 'owner');
}

/** Owners and admins read who did what. */
export function canReadAudit(actor: Actor): boolean {
  return isMemberAs(actor, 'owner', 'admin');
}

/** Owners and admins choose who answers: the organization's own people, and the public pool. */
export function canManagePeople(actor: Actor): boolean {
  return isMemberAs(actor, 'owner', 'admin');
}

/** Owners and admins say how much may be spent, and when they want to hear of the balance. */
export function canSetSpendLimits(actor: Actor): boolean {
  return isMemberAs(actor, 'owner', 'admin');
}

/** Viewers look; all other members set up task types. Keys need `tasks:write`, asked at the door. */
export function canManageTaskTypes(actor: Actor): boolean {
  return actor.kind === 'key' || isMemberAs(actor, 'owner', 'admin', 'developer');
}

/**
 * The actor as one that acts for an organization.
 * @throws NotFound for workers, operators and the system, who have no such thing.
 */
export function assertActsForOrganization(actor: Actor, noun: string): OrganizationActor {
  if (actor.kind === 'key' || actor.kind === 'member') return actor;
  throw new NotFound(noun);
}

/**
 * Guards a use case by one of the predicates above.
 * @throws Forbidden with `message`, which should say who may.
 */
export function assertAllowed(allowed: boolean, message: string): void {
  if (!allowed) throw new Forbidden('not_allowed', message);
}

/**
 * The actor as one that manages its organization's team and may grant each of `roles`.
 * @throws NotFound, Forbidden
 */
export function assertManagesTeam(actor: Actor, ...roles: MemberRole[]): OrganizationActor {
  const manager = assertActsForOrganization(actor, 'member');
  assertAllowed(canManageTeam(actor), 'The team is managed by owners and admins.');
  assertAllowed(
    roles.every((role) => canGrant(actor, role)),
    'Owners are made and unmade by owners alone.',
  );
  return manager;
}
