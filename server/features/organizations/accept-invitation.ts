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
 * What an invitation's link leads to.
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
 * A signed-in user joins the organization of an invitation. One that was sent to the user's own
 * address proves it.
 * @throws InvitationOver 404; AlreadyMember 409, which leaves the link for somebody else.
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

/** Who accepts an invitation, and in which session. */
export interface Accepting {
  userId: string;
  sessionId: string;
}

/** An invitation read in the user's own mail proves their address; accounts take note of it. */
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
 * Somebody new joins the organization of an invitation, with an account but no organization of
 * their own. An invitation that was sent to the address proves it.
 * @returns null where the address has an account, whose owner got an e-mail instead; see
 *   `openAccount`.
 * @throws InvitationOver 404, TooManySignUps 429; ZodError for what is no name, address or password.
 */
export async function joinByInvitation(
  input: JoinByInvitation,
  network: string | null = null,
): Promise<{ organizationId: string } | null> {
  const { token, ...person } = JoinByInvitation.parse(input);
  // Checked first, so that guessed links do not cost a password hash.
  await viewInvitation(token);
  return openAccount(
    { ...person, emailConfirmed: isMailedTo(token, person.email) },
    { network, next: `/invitations/${token}` },
    (tx, user) => join(tx, user.id, token),
  );
}

async function join(tx: Tx, userId: string, token: string): Promise<{ organizationId: string }> {
  // Compare-and-set: of two who open the same link, one joins.
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
