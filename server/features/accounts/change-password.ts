import { enqueueEmail } from '@/server/features/emails';
import { auditAccount, verifyPassword } from '@/server/features/organizations';
import { clock } from '@/server/platform/clock';
import { hashPassword } from '@/server/platform/crypto';
import { db, type Tx, transaction } from '@/server/platform/db';
import { kickOutbox } from '@/server/platform/outbox';
import { WrongPassword } from './errors';
import { confirmByLink, endLinks, getOpenLink, takeLink } from './links';
import { ChangePassword, ResetPassword, type SignedIn } from './schema';
import { endSessions, forgetSessions } from './sessions';

/**
 * Gives a new password to whoever opens the link: it ends every session, and all that was sent to sign
 * in by.
 * @returns the address to sign in with.
 * @throws LinkOver 404; ZodError for what is no password.
 */
export async function resetPassword(input: ResetPassword): Promise<{ email: string }> {
  const { token, password } = ResetPassword.parse(input);
  // Before a password is hashed for whoever guesses links.
  const { user } = await getOpenLink('reset_password', token);
  const passwordHash = await hashPassword(password);
  const ended = await transaction(async (tx) => {
    const link = await takeLink(tx, 'reset_password', token);
    await confirmByLink(tx, link);
    return setPassword(tx, user, { passwordHash, action: 'account.password_reset' });
  });
  forgetSessions(ended);
  kickOutbox();
  return { email: user.email };
}

/**
 * Changes the password of who knows the present one; all other sessions end.
 * @throws WrongPassword 400, TooManyAttempts 429; ZodError for what is no password.
 */
export async function changePassword(me: SignedIn, input: ChangePassword): Promise<void> {
  const { currentPassword, password } = ChangePassword.parse(input);
  const user = await db.user.findUniqueOrThrow({ where: { id: me.userId } });
  if (!(await verifyPassword(user.email, currentPassword))) throw new WrongPassword();
  const passwordHash = await hashPassword(password);
  const ended = await transaction((tx) =>
    setPassword(tx, user, {
      passwordHash,
      action: 'account.password_changed',
      keep: me.sessionId,
    }),
  );
  forgetSessions(ended);
  kickOutbox();
}

async function setPassword(
  tx: Tx,
  user: { id: string; name: string; email: string },
  change: { passwordHash: string; action: string; keep?: string },
): Promise<string[]> {
  const { passwordHash, action, keep } = change;
  await tx.user.update({ where: { id: user.id }, data: { passwordHash } });
  await endLinks(tx, user.id, ['reset_password', 'sign_in']);
  const ended = await endSessions(tx, user.id, keep ? { id: { not: keep } } : {});
  await auditAccount(tx, user.id, action, { sessions_ended: ended.length });
  await enqueueEmail(tx, {
    to: user.email,
    template: 'password-changed',
    data: { name: user.name, at: clock.now().toISOString(), path: '/forgot-password' },
  });
  return ended;
}
