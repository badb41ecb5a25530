import { enqueueEmail } from '@/server/features/emails';
import type { Actor, OrganizationActor } from '@/server/platform/actor';
import { clock } from '@/server/platform/clock';
import { randomBase62, sha256Hex } from '@/server/platform/crypto';
import { db, type Tx, transaction } from '@/server/platform/db';
import { env } from '@/server/platform/env';
import { NotFound } from '@/server/platform/errors';
import { isUuid, newId } from '@/server/platform/ids';
import { kickOutbox } from '@/server/platform/outbox';
import { assertManagesTeam } from './access';
import { mailedToken } from './mailed-token';
import { audit } from './record-audit';
import { CreateInvitation, type OpenInvitation } from './schema';
import { assertMayInvite, throttleInvitations } from './throttle-invitations';

const WEEK_MS = 7 * 24 * 60 * 60 * 1_000;
const TOKEN_CHARS = 40;

/**
 * Creates a link with which one person can join within a week, and e-mails it if an address is
 * given. The link is only returned here: only its hash is stored.
 * @throws Forbidden if the actor may not manage the team or grant the role; AddressNotConfirmed
 * 403; TooManyInvitations 429.
 */
export async function createInvitation(
  actor: Actor,
  input: CreateInvitation,
): Promise<OpenInvitation & { url: string }> {
  const { role, note, email = null } = CreateInvitation.parse(input);
  const manager = assertManagesTeam(actor, role);
  await assertMayInvite(manager);
  await throttleInvitations(manager, email ? [email] : []);
  const id = newId();
  const token = randomBase62(TOKEN_CHARS);
  const now = clock.now();
  const invitation = { id, role, email, note, createdAt: now, expiresAt: inAWeek(now) };
  await transaction(async (tx) => {
    await tx.invitation.create({
      data: {
        ...invitation,
        organizationId: manager.organizationId,
        tokenHash: sha256Hex(token),
        createdBy: 'userId' in manager ? manager.userId : '',
      },
    });
    await audit(tx, actor, 'invitation.created', `invitation:${id}`, { role, note, email });
    if (email) await sendInvitation(tx, manager, { ...invitation, email }, token);
  });
  kickOutbox();
  return { ...invitation, url: new URL(pathOf(token), env.PUBLIC_URL).href };
}

/**
 * Resends an invitation with a new link and another week; the old link is revoked.
 * @throws NotFound if it is no longer open, belongs to another organization, or was never e-mailed;
 * Forbidden; AddressNotConfirmed 403; TooManyInvitations 429.
 */
export async function resendInvitation(
  actor: Actor,
  id: string,
): Promise<{ id: string; email: string }> {
  const manager = assertManagesTeam(actor);
  const { organizationId } = manager;
  await assertMayInvite(manager);
  const sentTo = isUuid(id)
    ? await db.invitation.findFirst({ where: { id, organizationId }, select: { email: true } })
    : null;
  if (!sentTo?.email) throw new NotFound('invitation', id);
  await throttleInvitations(manager, [sentTo.email]);
  const token = randomBase62(TOKEN_CHARS);
  const email = await transaction(async (tx) => {
    const [renewed] = await tx.invitation.updateManyAndReturn({
      where: { id, organizationId, email: { not: null }, acceptedAt: null, revokedAt: null },
      data: { tokenHash: sha256Hex(token), expiresAt: inAWeek(clock.now()) },
    });
    if (!renewed?.email) throw new NotFound('invitation', id);
    // Renewing requires permission to grant the role.
    assertManagesTeam(actor, renewed.role);
    await audit(tx, actor, 'invitation.resent', `invitation:${id}`, { email: renewed.email });
    await sendInvitation(tx, manager, { ...renewed, email: renewed.email }, token);
    return renewed.email;
  });
  kickOutbox();
  return { id, email };
}

/**
 * Revokes an invitation and its link.
 * @throws NotFound if it does not exist, was accepted, or belongs to another organization;
 * Forbidden.
 */
export async function revokeInvitation(actor: Actor, id: string): Promise<{ id: string }> {
  const { organizationId } = assertManagesTeam(actor);
  await transaction(async (tx) => {
    const { count } = isUuid(id)
      ? await tx.invitation.updateMany({
          where: { id, organizationId, acceptedAt: null, revokedAt: null },
          data: { revokedAt: clock.now() },
        })
      : { count: 0 };
    if (count === 0) throw new NotFound('invitation', id);
    await audit(tx, actor, 'invitation.revoked', `invitation:${id}`);
  });
  return { id };
}

async function sendInvitation(
  tx: Tx,
  manager: OrganizationActor,
  invitation: { email: string; role: string; expiresAt: Date },
  token: string,
): Promise<void> {
  const { organizationId } = manager;
  const organization = await tx.organization.findUniqueOrThrow({ where: { id: organizationId } });
  const inviter =
    'userId' in manager ? await tx.user.findUnique({ where: { id: manager.userId } }) : null;
  await enqueueEmail(tx, {
    to: invitation.email,
    organizationId,
    template: 'invitation',
    data: {
      kind: 'team',
      organizationName: organization.name,
      inviterName: inviter?.name ?? organization.name,
      role: invitation.role,
      expiresAt: invitation.expiresAt.toISOString(),
      path: pathOf(mailedToken(token, invitation.email)),
    },
    sendBefore: invitation.expiresAt,
  });
}

function inAWeek(from: Date): Date {
  return new Date(from.getTime() + WEEK_MS);
}

function pathOf(token: string): string {
  return `/invitations/${token}`;
}
