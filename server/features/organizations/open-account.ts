import type { User } from '@/prisma/generated/client';
import { sha256Hex } from '@/server/platform/crypto';
import { type Tx, transaction } from '@/server/platform/db';
import { newId } from '@/server/platform/ids';
import { enqueue, kickOutbox } from '@/server/platform/outbox';
import { consume, type RateLimit } from '@/server/platform/rate-limit';
import { createUser } from './create-user';
import { EmailTaken, TooManySignUps } from './errors';
import type { NewUser } from './schema';

/** Sign-ups per address: enough to correct a mistake, too few to flood an inbox. */
const BY_ADDRESS: RateLimit = { limit: 4, windowSeconds: 1_800 };
/** Sign-ups per network; offices share one. */
const BY_NETWORK: RateLimit = { limit: 60, windowSeconds: 1_800 };

/** Where a sign-up comes from and leads to. */
export interface SignUpSource {
  /** Identifies the network; null if unknown. */
  network: string | null;
  /** Where an existing user continues after sign-in: a path of this site. */
  next?: string;
}

/**
 * Opens an account for a new user together with what `make` creates, in one transaction. If the
 * address has an account, nothing is created, and its owner is e-mailed a sign-in link. Callers
 * must respond the same way in both cases, so as not to reveal who has an account.
 * @returns the result of `make`, or null if the address has an account.
 * @throws TooManySignUps 429; ZodError for an invalid name, address or password.
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

/** The account is looked up after the response, so that timing reveals nothing. */
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
