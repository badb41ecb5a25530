import { encode } from 'next-auth/jwt';
import { openSession } from '@/server/features/accounts';
import { sessionSecret } from '@/server/transport/auth';

/** Signs a user in without a browser: the cookie of a session of its own. */
export async function sessionCookie(userId: string): Promise<string> {
  const sid = await openSession({ userId, method: 'password', userAgent: '', network: '' });
  const token = await encode({ token: { sub: userId, sid }, secret: sessionSecret() });
  return `next-auth.session-token=${token}`;
}
