import { clock } from '@/server/platform/clock';
import { sha256Hex } from '@/server/platform/crypto';
import { db } from '@/server/platform/db';
import { consume, type RateLimit } from '@/server/platform/rate-limit';
import { TooManyAttempts } from './errors';

/** Guesses at one account from one network; does not lock out others. */
const BY_ACCOUNT_AND_NETWORK: RateLimit = { limit: 20, windowSeconds: 900 };
/** One network trying many accounts; offices share an address. */
const BY_NETWORK: RateLimit = { limit: 200, windowSeconds: 900 };
/** Guesses at one account from many networks, excluding those it recently signed in from. */
const BY_ACCOUNT: RateLimit = { limit: 300, windowSeconds: 900 };
const KNOWN_DAYS = 90;

/** The origin of an attempt: a network, such as an IP address, or an existing session. */
export interface SignInSource {
  network?: string;
  sessionId?: string;
}

/**
 * Counts a sign-in attempt before the password is checked, whether right or wrong, so that
 * concurrent guesses are limited too. Unknown addresses count the same, so that they cannot be told
 * apart.
 *
 * The limit is per account and network, so that a stranger's guesses do not lock out the owner.
 * Guesses from many networks are also limited per account, except from networks it has signed in
 * from; a sign-in link always works.
 * @throws TooManyAttempts 429
 */
export async function throttleSignIn(email: string, from: SignInSource = {}): Promise<void> {
  const address = email.trim().toLowerCase();
  // Hashed, so that the table does not reveal the address.
  const account = sha256Hex(address).slice(0, 32);
  if (from.sessionId) {
    return refuse([await consume(`sign-in:session:${from.sessionId}`, BY_ACCOUNT_AND_NETWORK)]);
  }
  const network = (from.network ?? '').slice(0, 64);
  const states = [await consume(`sign-in:pair:${account}:${network}`, BY_ACCOUNT_AND_NETWORK)];
  if (network) states.push(await consume(`sign-in:network:${network}`, BY_NETWORK));
  refuse(states);
  if (await isKnownNetwork(address, network)) return;
  refuse([await consume(`sign-in:account:${account}`, BY_ACCOUNT)]);
}

function refuse(states: readonly { allowed: boolean; retryAfterSeconds: number }[]): void {
  const refused = states.find((state) => !state.allowed);
  if (refused) throw new TooManyAttempts(Math.max(1, refused.retryAfterSeconds));
}

/** Whether the account recently signed in from this network. */
async function isKnownNetwork(email: string, network: string): Promise<boolean> {
  if (network === '' || email.length > 254) return false;
  const since = new Date(clock.nowMs() - KNOWN_DAYS * 24 * 3_600_000);
  const session = await db.session.findFirst({
    where: { user: { email }, network, createdAt: { gt: since } },
    select: { id: true },
  });
  return session !== null;
}
