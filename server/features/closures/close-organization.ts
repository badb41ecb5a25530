import { forgetKeys, revokeEveryKey } from '@/server/features/api-keys';
import { lockFunds } from '@/server/features/ledger';
import {
  assertActsForOrganization,
  assertAllowed,
  audit,
  isOwner,
  NameNotTyped,
} from '@/server/features/organizations';
import { countOpenTasks } from '@/server/features/tasks';
import { deleteEveryEndpoint } from '@/server/features/webhooks';
import type { Actor } from '@/server/platform/actor';
import { clock } from '@/server/platform/clock';
import { db, transaction } from '@/server/platform/db';
import { NotFound } from '@/server/platform/errors';
import { satsToNumber } from '@/server/platform/money';
import { BalanceChanged, TasksOpen } from './errors';
import { CloseOrganization, type ClosurePreview } from './schema';

function assertCloses(actor: Actor): string {
  const { organizationId } = assertActsForOrganization(actor, 'organization');
  assertAllowed(isOwner(actor), 'Only an owner can close the organization.');
  return organizationId;
}

/**
 * Previews what closing the organization would end.
 * @throws NotFound, Forbidden unless the actor is an owner.
 */
export async function previewClosure(actor: Actor): Promise<ClosurePreview> {
  const organizationId = assertCloses(actor);
  const [organization, openTasks, members, keys, endpoints, funds] = await Promise.all([
    db.organization.findUniqueOrThrow({ where: { id: organizationId } }),
    countOpenTasks(db, organizationId),
    db.member.count({ where: { organizationId } }),
    db.apiKey.count({ where: { organizationId, revokedAt: null } }),
    db.endpoint.count({ where: { organizationId, deletedAt: null } }),
    db.account.findFirst({
      where: { owner: organizationId, mode: 'live', kind: 'organization_available' },
    }),
  ]);
  return {
    organizationName: organization.name,
    openTasks,
    members,
    keys,
    endpoints,
    liveSats: satsToNumber(funds?.balance ?? 0n),
  };
}

/**
 * Closes the organization permanently, in one transaction: revokes keys, endpoints and invitations,
 * and removes all members. Its tasks and ledger are kept, including its remaining balance, which
 * the operator can pay out.
 * @throws NotFound, Forbidden unless the actor is an owner; NameNotTyped 400; TasksOpen 409;
 * BalanceChanged 409.
 */
export async function closeOrganization(
  actor: Actor,
  input: CloseOrganization,
): Promise<{ organizationId: string }> {
  const { organizationName, leavesSats } = CloseOrganization.parse(input);
  const organizationId = assertCloses(actor);
  const keys = await transaction(async (tx) => {
    const [row] = await tx.$queryRaw<{ name: string; closed: boolean }[]>`
      SELECT name, deleted_at IS NOT NULL AS closed FROM organizations
      WHERE id = ${organizationId}::uuid FOR UPDATE`;
    if (!row || row.closed) throw new NotFound('organization', organizationId);
    if (row.name !== organizationName) throw new NameNotTyped();
    const { live } = await lockFunds(tx, organizationId);
    const open = await countOpenTasks(tx, organizationId);
    if (open > 0) throw new TasksOpen(open);
    const liveSats = satsToNumber(live.availableSats);
    if (liveSats !== leavesSats) throw new BalanceChanged(liveSats);

    const now = clock.now();
    const ended = await revokeEveryKey(tx, organizationId);
    const endpoints = await deleteEveryEndpoint(tx, organizationId);
    await tx.invitation.updateMany({
      where: { organizationId, acceptedAt: null, revokedAt: null },
      data: { revokedAt: now },
    });
    const { count: members } = await tx.member.deleteMany({ where: { organizationId } });
    await tx.organization.update({ where: { id: organizationId }, data: { deletedAt: now } });
    await audit(tx, actor, 'organization.closed', `organization:${organizationId}`, {
      name: organizationName,
      members,
      keys: ended.length,
      endpoints,
      live_sats_left: liveSats,
    });
    return ended;
  });
  forgetKeys(keys);
  return { organizationId };
}
