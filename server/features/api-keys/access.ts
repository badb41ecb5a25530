import type { Prisma } from '@/prisma/generated/client';
import {
  assertActsForOrganization,
  assertAllowed,
  canListKeys,
  canManageKeys,
} from '@/server/features/organizations';
import type { Actor, Mode, OrganizationActor } from '@/server/platform/actor';

/** The keys an actor may see: those of its organization in both modes, for members only. */
export function visibleTo(actor: Actor): Prisma.ApiKeyWhereInput {
  const { organizationId } = assertActsForOrganization(actor, 'API key');
  assertAllowed(canListKeys(actor), 'API keys can only be managed in the dashboard.');
  return { organizationId };
}

/**
 * The actor, if it may create and revoke keys of `mode`.
 * @throws NotFound, Forbidden
 */
export function assertManagesKeys(actor: Actor, mode: Mode): OrganizationActor {
  const manager = assertActsForOrganization(actor, 'API key');
  assertAllowed(
    canManageKeys(actor, mode),
    mode === 'live'
      ? 'Only owners and admins can manage live keys.'
      : 'Only owners, admins and developers can manage test keys.',
  );
  return manager;
}
