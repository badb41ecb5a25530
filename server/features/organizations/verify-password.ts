import { hashPassword, verifyPassword as matchesHash } from '@/server/platform/crypto';
import { db } from '@/server/platform/db';
import { processWide } from '@/server/platform/process-wide';
import { Email } from './schema';
import { type SignInSource, throttleSignIn } from './throttle-sign-in';

export interface SignedInUser {
  id: string;
  email: string;
  name: string;
  isOperator: boolean;
}

/** The hash of no one's password, so that an unknown address costs as much time as a known one. */
function decoyHash(): Promise<string> {
  return processWide('organizations.decoy-hash', () => hashPassword('nobody signs in with this'));
}

/**
 * The user with this address and password; null where the address is unknown, has no password, or
 * has another one: a caller cannot tell which.
 * @param from where the attempt comes from; see `throttleSignIn`.
 * @throws TooManyAttempts 429
 */
export async function verifyPassword(
  email: string,
  password: string,
  from: SignInSource = {},
): Promise<SignedInUser | null> {
  await throttleSignIn(email, from);
  const address = Email.safeParse(email);
  const user = address.success
    ? await db.user.findUnique({ where: { email: address.data } })
    : null;
  const hash = user?.passwordHash ?? (await decoyHash());
  // A megabyte of password would be work for us and none for the sender.
  const fits = await matchesHash(hash, password.slice(0, 1_024));
  if (!user?.passwordHash || !fits) return null;
  return { id: user.id, email: user.email, name: user.name, isOperator: user.isOperator };
}
