import type { User } from '@/prisma/generated/client';
import { sha256Hex } from '@/server/platform/crypto';
import { type Tx, transaction } from '@/server/platform/db';
import { newId } from '@/server/platform/ids';
import { enqueue, kickOutbox } from '@/server/platform/outbox';
import { consume, type RateLimit } from '@/server/platform/rate-limit';
import { createUser } from './create-user';
import { EmailTaken, TooManySignUps } from './errors';
import type { NewUser } from './schema';

/** Sign-ups with one address: enough to correct a mistake, too few to bury an inbox. */
const BY_ADDRESS: RateLimit = { limit: 4, windowSeconds: 1_800 };
/** Sign-ups from one network; offices share one. */
const BY_NETWORK: RateLimit = { limit: 60, windowSeconds: 1_800 };

/** Where a sign-up comes from, and where it leads. */
export interface SignUpSource {
  /** Tells networks apart; null where it is not known. */
  network: string | null;
  /** Where an owner who signs in instead goes on, a path of this site. */
  next?: string;
}

/**
 * Opens an account for somebody new, and makes with it what `make` makes, in one transaction. Where
 * the address has an account, nothing is made, and its owner gets an e-mail with a link to sign in:
 * callers must answer both alike, so that nobody learns who has an account.
 * @returns what `make` gave; null where the address has an account.
 * @throws TooManySignUps 429; ZodError for what is no name, address or password.
 */
export async function openAccount<Made>(
  person: NewUser,
  { network, next }: SignUpSource,
  make: (tx: Tx, user: User) => Promise<Made>,
): Promise<Made | null> {
  await throttleSignUp(person.email, network);
  const made = await transaction(async (tx) => make(tx, await createUser(tx, person))).catch(
    (error: unknown) => {
      if (error instanceof EmailTaken) return null;
      throw error;
    },
  );
  if (made === null) await tellOwner(person.email, next ?? null);
  kickOutbox();
  return made;
}

/** The account is looked up after the answer, so that it takes no longer than a sign-up. */
async function tellOwner(email: string, next: string | null): Promise<void> {
  const linkId = newId();
  await transaction((tx) =>
    enqueue(tx, [
      {
        topic: 'account.sign_up_repeated',
        key: `account.sign_up_repeated:${linkId}`,
        data: { linkId, email, next },
      },
    ]),
  );
}

async function throttleSignUp(email: string, network: string | null): Promise<void> {
  const address = sha256Hex(email).slice(0, 32);
  const states = [await consume(`sign-up:address:${address}`, BY_ADDRESS)];
  if (network) states.push(await consume(`sign-up:network:${network.slice(0, 64)}`, BY_NETWORK));
  const refused = states.find((state) => !state.allowed);
  if (refused) throw new TooManySignUps(Math.max(1, refused.retryAfterSeconds));
}
