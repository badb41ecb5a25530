import type { Prisma } from '@/prisma/generated/client';
import { assertActsForOrganization } from '@/server/features/organizations';
import type { Actor } from '@/server/platform/actor';

/** The golds of the actor's organization and mode; built-in golds are never shown. */
export function visibleTo(actor: Actor): Prisma.GoldWhereInput & {
  organizationId: string;
  mode: 'live' | 'test';
} {
  const { organizationId, mode } = assertActsForOrganization(actor, 'gold');
  return { organizationId, mode };
}
