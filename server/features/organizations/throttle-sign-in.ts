import { clock } from '@/server/platform/clock';
import { sha256Hex } from '@/server/platform/crypto';
import { db } from '@/server/platform/db';
import { consume, type RateLimit } from '@/server/platform/rate-limit';
import { TooManyAttempts } from './errors';

/** Guesses at one account from one network; nobody else is locked out by them. */
const BY_ACCOUNT_AND_NETWORK: RateLimit = { limit: 20, windowSeconds: 900 };
/** One network trying many accounts; offices share an address. */
const BY_NETWORK: RateLimit = { limit: 200, windowSeconds: 900 };
/** Guesses at one account from many networks, none of which it was signed in from lately. */
const BY_ACCOUNT: RateLimit = { limit: 300, windowSeconds: 900 };
const KNOWN_DAYS = 90;

/** Where an attempt comes from: a network, such as an IP address, or a session that is signed in. */
export interface SignInSource {
  network?: string;
  sessionId?: string;
}

/**
 * Counts an attempt to sign in, right or wrong, before the password is looked at: many sent at
 * once must not all be tried. Unknown addresses count alike, so that they cannot be told apart.
 *
 * The limit is for an account and a network together, so that a stranger's guesses do not lock out
 * its owner. Guesses from many networks are limited for the account as well, except from networks
 * that it was signed in from; a sign-in link works in any case.
 * @throws TooManyAttempts 429
 */
export async function throttleSignIn(email: string, from: SignInSource = {}): Promise<void> {
  const address = email.trim().toLowerCase();
  // The bucket's name says nothing about the address to those who read the table.
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

/** Whether the account was signed in from this network lately. */
async function isKnownNetwork(email: string, network: string): Promise<boolean> {
  if (network === '' || email.length > 254) return false;
  const since = new Date(clock.nowMs() - KNOWN_DAYS * 24 * 3_600_000);
  const session = await db.session.findFirst({
    where: { user: { email }, network, createdAt: { gt: since } },
    select: { id: true },
  });
  return session !== null;
}
