import { enqueueEmail } from '@/server/features/emails';
import { auditAccount, EmailTaken, verifyPassword } from '@/server/features/organizations';
import { clock } from '@/server/platform/clock';
import { sha256Hex } from '@/server/platform/crypto';
import { db, Prisma, type Tx, transaction } from '@/server/platform/db';
import { newId } from '@/server/platform/ids';
import { kickOutbox } from '@/server/platform/outbox';
import { LinkOver, WrongPassword } from './errors';
import { confirmByLink, endLinks, sendLink, takeLink } from './links';
import { throttleEmail } from './request-link';
import { ChangeEmail, type SignedIn } from './schema';
import { forgetSessionsOf } from './sessions';

/** Asks somebody new to confirm their address; the same request sends one e-mail. */
export async function askToConfirm(
  tx: Tx,
  { userId, linkId }: { userId: string; linkId: string },
): Promise<void> {
  const user = await tx.user.findUnique({ where: { id: userId } });
  if (!user || user.emailConfirmedAt) return;
  await sendLink(tx, { id: linkId, purpose: 'confirm_address', user, email: user.email });
}

/**
 * Sends the request to confirm once more, to the address that waits for it.
 * @throws TooManyEmails 429
 */
export async function resendConfirmation(me: SignedIn): Promise<{ email: string | null }> {
  const user = await db.user.findUniqueOrThrow({ where: { id: me.userId } });
  const email = (await findNewEmail(me.userId, user.email)) ?? user.email;
  if (email === user.email && user.emailConfirmedAt) return { email: null };
  await throttleEmail('confirm_address', email, null);
  await transaction((tx) => sendLink(tx, { id: newId(), purpose: 'confirm_address', user, email }));
  kickOutbox();
  return { email };
}

/** An address that was given and not confirmed yet; null where there is none. */
export async function findNewEmail(userId: string, current: string): Promise<string | null> {
  const link = await db.accountLink.findFirst({
    where: {
      userId,
      purpose: 'confirm_address',
      usedAt: null,
      expiresAt: { gt: clock.now() },
      email: { not: current },
    },
    orderBy: { id: 'desc' },
  });
  return link?.email ?? null;
}

/**
 * Asks to have another address. It takes the place of the present one when it is confirmed.
 * @throws WrongPassword 400, EmailTaken 409, TooManyEmails 429, TooManyAttempts 429
 */
export async function changeEmail(me: SignedIn, input: ChangeEmail): Promise<{ email: string }> {
  const { email, currentPassword } = ChangeEmail.parse(input);
  const user = await db.user.findUniqueOrThrow({ where: { id: me.userId } });
  if (user.passwordHash && !(await verifyPassword(user.email, currentPassword ?? ''))) {
    throw new WrongPassword();
  }
  const holder = await db.user.findUnique({ where: { email } });
  if (holder) throw new EmailTaken();
  await throttleEmail('confirm_address', email, null);
  await transaction(async (tx) => {
    // Of several addresses given one after the other, the last one counts.
    await tx.accountLink.updateMany({
      where: {
        userId: user.id,
        purpose: 'confirm_address',
        usedAt: null,
        email: { not: user.email },
      },
      data: { usedAt: clock.now() },
    });
    await sendLink(tx, { id: newId(), purpose: 'confirm_address', user, email });
  });
  kickOutbox();
  return { email };
}

/**
 * Whoever opens the link shows that the address is theirs; a new one takes the place of the former.
 * @throws LinkOver 404; EmailTaken 409 where somebody else has confirmed it in the meantime.
 */
export async function confirmAddress(token: string): Promise<{ email: string }> {
  const confirmed = await confirmedBefore(token);
  if (confirmed) return confirmed;
  const { userId, email } = await transaction((tx) => confirm(tx, token)).catch(
    (error: unknown) => {
      const isTaken =
        error instanceof Prisma.PrismaClientKnownRequestError && error.code === 'P2002';
      throw isTaken ? new EmailTaken() : error;
    },
  );
  await forgetSessionsOf(userId);
  kickOutbox();
  return { email };
}

/** Who opens the link again is told that all is well, as mail readers open links by themselves. */
async function confirmedBefore(token: string): Promise<{ email: string } | null> {
  const link = await db.accountLink.findUnique({
    where: { tokenHash: sha256Hex(token) },
    include: { user: true },
  });
  if (link?.purpose !== 'confirm_address' || !link.usedAt) return null;
  const { email, emailConfirmedAt } = link.user;
  return email === link.email && emailConfirmedAt ? { email } : null;
}

async function confirm(tx: Tx, token: string): Promise<{ userId: string; email: string }> {
  const link = await takeLink(tx, 'confirm_address', token);
  const user = await tx.user.findUnique({ where: { id: link.userId } });
  if (!user) throw new LinkOver();
  if (user.email === link.email) {
    await confirmByLink(tx, link);
    await auditAccount(tx, user.id, 'account.address_confirmed', { email: link.email });
    return { userId: user.id, email: link.email };
  }
  await tx.user.update({
    where: { id: user.id },
    data: { email: link.email, emailConfirmedAt: clock.now() },
  });
  // What was sent to the former address opens nothing any more.
  await endLinks(tx, user.id, ['sign_in', 'reset_password', 'confirm_address']);
  await auditAccount(tx, user.id, 'account.address_changed', { from: user.email, to: link.email });
  await enqueueEmail(tx, {
    to: user.email,
    template: 'address-changed',
    data: {
      name: user.name,
      newEmail: link.email,
      at: clock.now().toISOString(),
      path: '/sign-in',
    },
  });
  return { userId: user.id, email: link.email };
}
