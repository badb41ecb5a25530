import type { Invitation } from '@/prisma/generated/client';
import { clock } from '@/server/platform/clock';
import { sha256Hex } from '@/server/platform/crypto';
import { db, type Tx, transaction } from '@/server/platform/db';
import { kickOutbox } from '@/server/platform/outbox';
import { addMember } from './create-organization';
import { createUser } from './create-user';
import { AlreadyMember, InvitationOver } from './errors';
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
 * A signed-in user joins the organization of an invitation.
 * @throws InvitationOver 404; AlreadyMember 409, which leaves the link for somebody else.
 */
export async function acceptInvitation(
  userId: string,
  token: string,
): Promise<{ organizationId: string }> {
  return transaction((tx) => join(tx, userId, token));
}

/**
 * Somebody new joins the organization of an invitation, with an account but no organization of
 * their own.
 * @throws InvitationOver 404, EmailTaken 409; ZodError for what is no name, address or password.
 */
export async function joinByInvitation(
  input: JoinByInvitation,
): Promise<{ organizationId: string }> {
  const { token, ...person } = JoinByInvitation.parse(input);
  // Before a password is hashed for whoever guesses links.
  await viewInvitation(token);
  const joined = await transaction(async (tx) => {
    const user = await createUser(tx, person);
    return join(tx, user.id, token);
  });
  kickOutbox();
  return joined;
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
    tokenHash: sha256Hex(token),
    acceptedAt: null,
    revokedAt: null,
    expiresAt: { gt: clock.now() },
  };
}
