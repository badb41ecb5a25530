import { sha256Hex } from '@/server/platform/crypto';
import { consume, type RateLimit } from '@/server/platform/rate-limit';
import { TooManyAttempts } from './errors';

/** Guesses at one account: 20 in a quarter of an hour, which is none at all for a good password. */
const BY_ACCOUNT: RateLimit = { limit: 20, windowSeconds: 900 };
/** One network trying many accounts; offices share an address. */
const BY_NETWORK: RateLimit = { limit: 200, windowSeconds: 900 };

/**
 * Counts an attempt to sign in, right or wrong, before the password is looked at: many sent at
 * once must not all be tried. Unknown addresses count alike, so that they cannot be told apart.
 * @param network where the attempt comes from, such as an IP address.
 * @throws TooManyAttempts 429
 */
export async function throttleSignIn(email: string, network?: string): Promise<void> {
  // The bucket's name says nothing about the address to those who read the table.
  const account = sha256Hex(email.trim().toLowerCase()).slice(0, 32);
  const states = [await consume(`sign-in:account:${account}`, BY_ACCOUNT)];
  if (network) states.push(await consume(`sign-in:network:${network.slice(0, 64)}`, BY_NETWORK));
  const refused = states.find((state) => !state.allowed);
  if (refused) throw new TooManyAttempts(Math.max(1, refused.retryAfterSeconds));
}
