import { encode } from 'next-auth/jwt';
import { sessionSecret } from '@/server/doors/auth/session-user';
import { openSession } from '@/server/features/accounts';

/** Signs a user in without a browser: returns the cookie of a new session. */
export async function sessionCookie(userId: string): Promise<string> {
  const sid = await openSession({ userId, method: 'password', userAgent: '', network: '' });
  const token = await encode({ token: { sub: userId, sid }, secret: sessionSecret() });
  return `next-auth.session-token=${token}`;
}
