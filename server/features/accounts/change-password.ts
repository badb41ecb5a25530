import { enqueueEmail } from '@/server/features/emails';
import { auditAccount, verifyPassword } from '@/server/features/organizations';
import { clock } from '@/server/platform/clock';
import { hashPassword } from '@/server/platform/crypto';
import { db, type Tx, transaction } from '@/server/platform/db';
import { kickOutbox } from '@/server/platform/outbox';
import { WrongPassword } from './errors';
import { endLinks, getOpenLink, takeLink } from './links';
import { proveAddress } from './prove-address';
import { ChangePassword, ResetPassword, type SignedIn } from './schema';
import { endSessions, forgetSessions } from './sessions';

/**
 * Sets a new password through a link, which also proves the address; see `proveAddress`. Ends every
 * session and every sign-in link.
 * @param by the session that opened the link, if any.
 * @returns the address to sign in with.
 * @throws LinkOver 404; ZodError if the password is invalid.
 */
export async function resetPassword(
  input: ResetPassword,
  by: SignedIn | null = null,
): Promise<{ email: string }> {
  const { token, password } = ResetPassword.parse(input);
  // Checked first so that guessed links do not cost a password hash.
  const { user } = await getOpenLink('reset_password', token);
  const passwordHash = await hashPassword(password);
  const ended = await transaction(async (tx) => {
    const link = await takeLink(tx, 'reset_password', token);
    const { ended: before } = await proveAddress(tx, {
      userId: link.userId,
      email: link.email,
      by,
    });
    const after = await setPassword(tx, user, { passwordHash, action: 'account.password_reset' });
    return [...before, ...after];
  });
  forgetSessions(ended);
  kickOutbox();
  return { email: user.email };
}

/**
 * Changes the password of a user who knows the current one; ends all other sessions.
 * @throws WrongPassword 400, TooManyAttempts 429; ZodError if the password is invalid.
 */
export async function changePassword(me: SignedIn, input: ChangePassword): Promise<void> {
  const { currentPassword, password } = ChangePassword.parse(input);
  const user = await db.user.findUniqueOrThrow({ where: { id: me.userId } });
  const from = { sessionId: me.sessionId };
  if (!(await verifyPassword(user.email, currentPassword, from))) throw new WrongPassword();
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
