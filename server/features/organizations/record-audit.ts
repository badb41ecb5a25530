import type { Prisma } from '@/prisma/generated/client';
import { type Actor, actorLabel } from '@/server/platform/actor';
import { clock } from '@/server/platform/clock';
import type { Tx } from '@/server/platform/db';
import { newId } from '@/server/platform/ids';
import { requestNetwork } from '@/server/platform/request-network';

/**
 * Records a privileged action, in the transaction that performs it.
 * @param action past tense with its noun, such as `api_key.revoked`.
 * @param subject the object of the action, such as `api_key:0198…`.
 * @param data additional facts; never a secret.
 * @param organizationId the organization whose log it belongs to, if the actor has none.
 */
export async function audit(
  tx: Tx,
  actor: Actor,
  action: string,
  subject: string,
  data: Prisma.InputJsonObject = {},
  organizationId: string | null = null,
): Promise<void> {
  await tx.auditEntry.create({
    data: {
      id: newId(),
      organizationId: 'organizationId' in actor ? actor.organizationId : organizationId,
      actor: actorLabel(actor),
      action,
      subject,
      data,
      network: requestNetwork(),
      createdAt: clock.now(),
    },
  });
}

/**
 * Records a user's change to their own account in the log of each of their organizations, because
 * it affects who can act there.
 */
export async function auditAccount(
  tx: Tx,
  userId: string,
  action: string,
  data: Prisma.InputJsonObject = {},
): Promise<void> {
  const members = await tx.member.findMany({ where: { userId }, select: { organizationId: true } });
  const logs = members.length > 0 ? members.map((member) => member.organizationId) : [null];
  const now = clock.now();
  await tx.auditEntry.createMany({
    data: logs.map((organizationId) => ({
      id: newId(),
      organizationId,
      actor: `member:${userId}`,
      action,
      subject: `user:${userId}`,
      data,
      network: requestNetwork(),
      createdAt: now,
    })),
  });
}
