import type { Invitation } from '@/prisma/generated/client';
import { clock } from '@/server/platform/clock';
import { sha256Hex } from '@/server/platform/crypto';
import { db, type Tx, transaction } from '@/server/platform/db';
import { enqueue, kickOutbox } from '@/server/platform/outbox';
import { addMember } from './create-organization';
import { AlreadyMember, InvitationOver } from './errors';
import { isMailedTo, tokenOf } from './mailed-token';
import { openAccount } from './open-account';
import { audit } from './record-audit';
import { type InvitationView, JoinByInvitation } from './schema';

/**
 * The invitation of a link, as its holder sees it.
 * @throws InvitationOver 404
 */
export async function viewInvitation(token: string): Promise<InvitationView> {
  const invitation = await db.invitation.findFirst({
    where: openBy(token),
    include: { organization: { select: { name: true } } },
  });
  if (!invitation) throw new InvitationOver();
  return {
    organizationName: invitation.organization.name,
    role: invitation.role,
    expiresAt: invitation.expiresAt,
  };
}

/**
 * Adds the signed-in user to the invitation's organization. An invitation e-mailed to the user's
 * own address proves it.
 * @throws InvitationOver 404; AlreadyMember 409, without consuming the link.
 */
export async function acceptInvitation(
  me: Accepting,
  token: string,
): Promise<{ organizationId: string }> {
  const joined = await transaction(async (tx) => {
    await proveByInvitation(tx, me, token);
    return join(tx, me.userId, token);
  });
  kickOutbox();
  return joined;
}

/** The accepting user and their session. */
export interface Accepting {
  userId: string;
  sessionId: string;
}

/** Opening an invitation from one's own mail proves the address; accounts subscribes to this. */
export async function proveByInvitation(tx: Tx, me: Accepting, token: string): Promise<void> {
  const user = await tx.user.findUnique({ where: { id: me.userId } });
  if (!user || user.emailConfirmedAt || !isMailedTo(token, user.email)) return;
  const { userId, sessionId } = me;
  await enqueue(tx, [
    {
      topic: 'mailed_invitation.accepted',
      key: `mailed_invitation.accepted:${userId}`,
      data: { userId, sessionId, email: user.email },
    },
  ]);
}

/**
 * Signs up a new user who joins the invitation's organization instead of creating one. An
 * invitation e-mailed to the address proves it.
 * @returns null if the address has an account, whose owner is then e-mailed; see `openAccount`.
 * @throws InvitationOver 404, TooManySignUps 429; ZodError for an invalid name, address or
 * password.
 */
export async function joinByInvitation(
  input: JoinByInvitation,
  network: string | null = null,
): Promise<{ organizationId: string } | null> {
  const { token, ...person } = JoinByInvitation.parse(input);
  // Checked first so that guessed links do not cost a password hash.
  await viewInvitation(token);
  return openAccount(
    { ...person, emailConfirmed: isMailedTo(token, person.email) },
    { network, next: `/invitations/${token}` },
    (tx, user) => join(tx, user.id, token),
  );
}

async function join(tx: Tx, userId: string, token: string): Promise<{ organizationId: string }> {
  // Compare-and-set: of two concurrent uses of a link, one wins.
  const [taken]: Invitation[] = await tx.invitation.updateManyAndReturn({
    where: openBy(token),
    data: { acceptedAt: clock.now() },
  });
  if (!taken) throw new InvitationOver();
  const { organizationId, role } = taken;
  const present = await tx.member.findUnique({
    where: { organizationId_userId: { organizationId, userId } },
  });
  if (present) throw new AlreadyMember();
  await addMember(tx, { organizationId, userId, role });
  const joined = { kind: 'member', organizationId, mode: 'live', userId, role } as const;
  await audit(tx, joined, 'invitation.accepted', `invitation:${taken.id}`, { role });
  return { organizationId };
}

function openBy(token: string) {
  return {
    tokenHash: sha256Hex(tokenOf(token)),
    acceptedAt: null,
    revokedAt: null,
    expiresAt: { gt: clock.now() },
  };
}
