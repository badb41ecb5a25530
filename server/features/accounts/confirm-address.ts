import { enqueueEmail } from '@/server/features/emails';
import { auditAccount, EmailTaken, verifyPassword } from '@/server/features/organizations';
import { clock } from '@/server/platform/clock';
import { sha256Hex } from '@/server/platform/crypto';
import { db, isUniqueViolation, type Tx, transaction } from '@/server/platform/db';
import { newId } from '@/server/platform/ids';
import { kickOutbox } from '@/server/platform/outbox';
import { LinkOver, WrongPassword } from './errors';
import { createLink, endLinks, getOpenLink, sendLink, takeLink } from './links';
import { type Proved, proveAddress } from './prove-address';
import { throttleEmail, throttleEmailsOf } from './request-link';
import { ChangeEmail, type Confirmed, type ConfirmLinkView, type SignedIn } from './schema';
import { forgetSessions, forgetSessionsOf } from './sessions';

/** Asks a new user to confirm their address; the same request sends one e-mail. */
export async function askToConfirm(
  tx: Tx,
  { userId, linkId }: { userId: string; linkId: string },
): Promise<void> {
  const user = await tx.user.findUnique({ where: { id: userId } });
  if (!user || user.emailConfirmedAt) return;
  await sendLink(tx, { id: linkId, purpose: 'confirm_address', user, email: user.email });
}

/**
 * Resends the confirmation e-mail to the unconfirmed address.
 * @throws TooManyEmails 429
 */
export async function resendConfirmation(me: SignedIn): Promise<{ email: string | null }> {
  const user = await db.user.findUniqueOrThrow({ where: { id: me.userId } });
  const email = (await findNewEmail(me.userId, user.email)) ?? user.email;
  if (email === user.email && user.emailConfirmedAt) return { email: null };
  await throttleEmailsOf(me.userId);
  await throttleEmail('confirm_address', email, null);
  const holder = await db.user.findUnique({ where: { email } });
  // The owner of an address that already has an account was notified when the change was requested.
  if (holder && holder.id !== user.id) return { email };
  await transaction((tx) => sendLink(tx, { id: newId(), purpose: 'confirm_address', user, email }));
  kickOutbox();
  return { email };
}

/** Returns the address that is waiting for confirmation, or null if there is none. */
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
 * Requests a change of address, which takes effect when the new address is confirmed. The response
 * is the same if the address already has an account, so that it does not reveal who has one; its
 * owner is notified by e-mail.
 * @throws WrongPassword 400, TooManyEmails 429, TooManyAttempts 429
 */
export async function changeEmail(me: SignedIn, input: ChangeEmail): Promise<{ email: string }> {
  const { email, currentPassword } = ChangeEmail.parse(input);
  const user = await db.user.findUniqueOrThrow({ where: { id: me.userId } });
  const from = { sessionId: me.sessionId };
  if (user.passwordHash && !(await verifyPassword(user.email, currentPassword ?? '', from))) {
    throw new WrongPassword();
  }
  await throttleEmailsOf(me.userId);
  await throttleEmail('confirm_address', email, null);
  const holder = await db.user.findUnique({ where: { email } });
  await transaction(async (tx) => {
    // If several addresses are requested in a row, only the last one counts.
    await tx.accountLink.updateMany({
      where: {
        userId: user.id,
        purpose: 'confirm_address',
        usedAt: null,
        email: { not: user.email },
      },
      data: { usedAt: clock.now() },
    });
    const link = { id: newId(), purpose: 'confirm_address' as const, user, email };
    if (!holder || holder.id === user.id) return sendLink(tx, link);
    // The account shows the address as pending, as for any other; the token is never sent.
    await createLink(tx, link);
    await sendLink(tx, { ...signInLinkTo(holder), id: newId() });
  });
  kickOutbox();
  return { email };
}

function signInLinkTo(user: { id: string; name: string; email: string }) {
  return { purpose: 'sign_in', user, email: user.email, about: 'sign_up_repeated' } as const;
}

/** Tells the owner of an address that they already have an account, with a sign-in link. */
export async function tellAccountExists(
  tx: Tx,
  { linkId, email, next }: { linkId: string; email: string; next: string | null },
): Promise<void> {
  const user = await tx.user.findUnique({ where: { email } });
  if (user) await sendLink(tx, { ...signInLinkTo(user), id: linkId, next });
}

/**
 * Previews what confirming through the link would do.
 * @throws LinkOver 404
 */
export async function viewConfirmLink(
  token: string,
  by: SignedIn | null,
): Promise<ConfirmLinkView> {
  const { user, email } = await getOpenLink('confirm_address', token);
  return { email, clears: user.emailConfirmedAt === null && by?.userId !== user.id };
}

/**
 * Confirms the address a link was sent to; a new address replaces the current one. The first proof
 * of an address may clear the account (see `proveAddress`); the response then carries a link to
 * choose a password.
 * @param by the session that opened the link, if any.
 * @throws LinkOver 404; EmailTaken 409 if another account has confirmed it in the meantime.
 */
export async function confirmAddress(
  token: string,
  by: SignedIn | null = null,
): Promise<Confirmed> {
  const confirmed = await confirmedBefore(token);
  if (confirmed) return { ...confirmed, resetToken: null };
  const { userId, email, resetToken, ended } = await transaction((tx) =>
    confirm(tx, token, by),
  ).catch((error: unknown) => {
    throw isUniqueViolation(error) ? new EmailTaken() : error;
  });
  forgetSessions(ended);
  await forgetSessionsOf(userId);
  kickOutbox();
  return { email, resetToken };
}

/** Opening a link again still reports success, because mail clients prefetch links. */
async function confirmedBefore(token: string): Promise<{ email: string } | null> {
  const link = await db.accountLink.findUnique({
    where: { tokenHash: sha256Hex(token) },
    include: { user: true },
  });
  if (link?.purpose !== 'confirm_address' || !link.usedAt) return null;
  const { email, emailConfirmedAt } = link.user;
  return email === link.email && emailConfirmedAt ? { email } : null;
}

async function confirm(
  tx: Tx,
  token: string,
  by: SignedIn | null,
): Promise<Confirmed & { userId: string; ended: string[] }> {
  const link = await takeLink(tx, 'confirm_address', token);
  const user = await tx.user.findUnique({ where: { id: link.userId } });
  if (!user) throw new LinkOver();
  if (user.email === link.email) {
    const { ended, resetToken } = await prove(tx, user.id, link.email, by);
    await auditAccount(tx, user.id, 'account.address_confirmed', { email: link.email });
    return { userId: user.id, email: link.email, ended, resetToken };
  }
  await tx.user.update({ where: { id: user.id }, data: { email: link.email } });
  // Links sent to the previous address are revoked.
  await endLinks(tx, user.id, ['sign_in', 'reset_password', 'confirm_address', 'payout_address']);
  const { ended, resetToken } = await prove(tx, user.id, link.email, by);
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
  return { userId: user.id, email: link.email, ended, resetToken };
}

/** Proves the address; if that clears the account, creates a link to choose a password. */
async function prove(
  tx: Tx,
  userId: string,
  email: string,
  by: SignedIn | null,
): Promise<Pick<Proved, 'ended'> & { resetToken: string | null }> {
  const { ended, cleared } = await proveAddress(tx, { userId, email, by });
  const link = { id: newId(), purpose: 'reset_password' as const, email, user: { id: userId } };
  const made = cleared ? await createLink(tx, link) : null;
  return { ended, resetToken: made?.token ?? null };
}
