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

/** A hash to check against for unknown addresses, so that they take as long as known ones. */
function decoyHash(): Promise<string> {
  return processWide('organizations.decoy-hash', () => hashPassword('nobody signs in with this'));
}

/**
 * The user with this address and password; null if the address is unknown, has no password, or the
 * password is wrong, which the caller cannot tell apart.
 * @param from the attempt's origin; see `throttleSignIn`.
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
  // Caps the work for oversized passwords.
  const fits = await matchesHash(hash, password.slice(0, 1_024));
  if (!user?.passwordHash || !fits) return null;
  return { id: user.id, email: user.email, name: user.name, isOperator: user.isOperator };
}
