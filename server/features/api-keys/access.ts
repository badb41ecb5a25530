import type { Prisma } from '@/prisma/generated/client';
import {
  assertActsForOrganization,
  assertAllowed,
  canListKeys,
  canManageKeys,
} from '@/server/features/organizations';
import type { Actor, Mode, OrganizationActor } from '@/server/platform/actor';

/** The keys an actor may see: those of its organization, of both modes, for members alone. */
export function visibleTo(actor: Actor): Prisma.ApiKeyWhereInput {
  const { organizationId } = assertActsForOrganization(actor, 'API key');
  assertAllowed(canListKeys(actor), 'Keys are managed by people: sign in to the dashboard.');
  return { organizationId };
}

/**
 * The actor as one that may make and end keys of `mode`.
 * @throws NotFound, Forbidden
 */
export function assertManagesKeys(actor: Actor, mode: Mode): OrganizationActor {
  const manager = assertActsForOrganization(actor, 'API key');
  assertAllowed(
    canManageKeys(actor, mode),
    mode === 'live'
      ? 'Live keys are managed by owners and admins.'
      : 'Test keys are managed by owners, admins and developers.',
  );
  return manager;
}
