import type { Prisma } from '@/prisma/generated/client';
import {
  assertActsForOrganization,
  assertAllowed,
  canManageTaskTypes,
} from '@/server/features/organizations';
import type { Actor, OrganizationActor } from '@/server/platform/actor';

/** The types of the actor's organization and mode; each read adds the built-in ones itself. */
export function visibleTo(actor: Actor): Prisma.TaskTypeWhereInput {
  const { organizationId, mode } = assertActsForOrganization(actor, 'task type');
  return { organizationId, mode };
}

/**
 * The actor, if it may save and delete types.
 * @throws NotFound, Forbidden
 */
export function assertManagesTaskTypes(actor: Actor): OrganizationActor {
  const manager = assertActsForOrganization(actor, 'task type');
  assertAllowed(canManageTaskTypes(actor), 'Saving task types requires the developer role.');
  return manager;
}
