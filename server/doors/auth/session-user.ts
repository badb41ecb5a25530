import { decode } from 'next-auth/jwt';
import { findSession } from '@/server/features/accounts';
import { derivedKey } from '@/server/platform/crypto';
import type { SessionUser } from '@/server/transport/trpc/session';

/** The key of session cookies, specific to this purpose and `APP_SECRET`. */
export function sessionSecret(): string {
  return derivedKey('session').toString('hex');
}

const COOKIE_NAMES = ['__Secure-next-auth.session-token', 'next-auth.session-token'];

/** The user of a request's cookies; null without a valid session. */
export async function userOfCookies(
  cookie: (name: string) => string | undefined,
): Promise<SessionUser | null> {
  const sealed = COOKIE_NAMES.map(cookie).find((value) => value !== undefined);
  if (!sealed) return null;
  const token = await decode({ token: sealed, secret: sessionSecret() }).catch(() => null);
  if (!token?.sub || typeof token.sid !== 'string') return null;
  const session = await findSession(token.sid);
  if (session?.userId !== token.sub) return null;
  const { id, userId, name, email, emailConfirmed } = session;
  return { userId, sessionId: id, name, email, emailConfirmed };
}
