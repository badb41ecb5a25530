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
  await throttleEmailsOf(me.userId);
  await throttleEmail('confirm_address', email, null);
  const holder = await db.user.findUnique({ where: { email } });
  // The owner of an address that has an account was told when the change was asked for.
  if (holder && holder.id !== user.id) return { email };
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
 * Asks to have another address. It takes the place of the present one when it is confirmed. An
 * address that has an account is answered alike, so that nobody learns who has one; its owner gets
 * an e-mail that says so.
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
    const link = { id: newId(), purpose: 'confirm_address' as const, user, email };
    if (!holder || holder.id === user.id) return sendLink(tx, link);
    // The account shows it as waiting, as it would any other; its token is sent to nobody.
    await createLink(tx, link);
    await sendLink(tx, { ...signInLinkTo(holder), id: newId() });
  });
  kickOutbox();
  return { email };
}

function signInLinkTo(user: { id: string; name: string; email: string }) {
  return { purpose: 'sign_in', user, email: user.email, about: 'sign_up_repeated' } as const;
}

/** Tells the owner of an address, with a link to sign in, that they have an account already. */
export async function tellAccountExists(
  tx: Tx,
  { linkId, email, next }: { linkId: string; email: string; next: string | null },
): Promise<void> {
  const user = await tx.user.findUnique({ where: { email } });
  if (user) await sendLink(tx, { ...signInLinkTo(user), id: linkId, next });
}

/**
 * What confirming by a link would do, without doing it.
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
 * Confirms the address a link was sent to; a new one takes the place of the former. The first proof
 * of an address may clear the account, see `proveAddress`: then the answer carries a link to
 * choose a password by.
 * @param by the session the link was opened in, if any.
 * @throws LinkOver 404; EmailTaken 409 where somebody else has confirmed it in the meantime.
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

/** A link that is opened again still reports success, as mail readers open links by themselves. */
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
  // What was sent to the former address ends.
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

/** Proves the address; where that clears the account, makes a link to choose a password by. */
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
