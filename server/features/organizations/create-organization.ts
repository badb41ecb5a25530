import type { Organization } from '@/prisma/generated/client';
import type { MemberRole } from '@/server/platform/actor';
import { clock } from '@/server/platform/clock';
import { randomBase62 } from '@/server/platform/crypto';
import type { Tx } from '@/server/platform/db';
import { newId } from '@/server/platform/ids';
import { sealCallbackSecret } from './callback-secret';
import { audit } from './record-audit';
import { DisplayName } from './schema';

/**
 * Creates an organization owned by `ownerUserId`. Its accounts are opened with its first sat.
 * @throws ZodError if the name is empty or too long.
 */
export async function createOrganization(
  tx: Tx,
  input: { name: string; ownerUserId: string },
): Promise<Organization> {
  const id = newId();
  const name = DisplayName.parse(input.name);
  const organization = await tx.organization.create({
    data: {
      id,
      name,
      callbackSecret: sealCallbackSecret(id, `whsec_${randomBase62(32)}`),
      createdAt: clock.now(),
    },
  });
  await addMember(tx, { organizationId: id, userId: input.ownerUserId, role: 'owner' });
  const owner = {
    kind: 'member',
    organizationId: id,
    mode: 'live',
    userId: input.ownerUserId,
    role: 'owner',
  } as const;
  await audit(tx, owner, 'organization.created', `organization:${id}`, { name });
  return organization;
}

/** Adds a member to an organization, or changes their role. */
export async function addMember(
  tx: Tx,
  input: { organizationId: string; userId: string; role: MemberRole },
): Promise<void> {
  const { organizationId, userId, role } = input;
  await tx.member.upsert({
    where: { organizationId_userId: { organizationId, userId } },
    create: { organizationId, userId, role, createdAt: clock.now() },
    update: { role },
  });
}
