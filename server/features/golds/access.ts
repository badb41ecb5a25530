import type { Prisma } from '@/prisma/generated/client';
import { assertActsForOrganization } from '@/server/features/organizations';
import type { Actor } from '@/server/platform/actor';

/** The golds of the actor's organization and mode; those that ship are told to nobody. */
export function visibleTo(actor: Actor): Prisma.GoldWhereInput & {
  organizationId: string;
  mode: 'live' | 'test';
} {
  const { organizationId, mode } = assertActsForOrganization(actor, 'gold');
  return { organizationId, mode };
}
