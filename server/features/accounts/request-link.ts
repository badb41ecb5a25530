import { sha256Hex } from '@/server/platform/crypto';
import { type Tx, transaction } from '@/server/platform/db';
import { newId } from '@/server/platform/ids';
import { enqueue, kickOutbox } from '@/server/platform/outbox';
import { consume, type RateLimit, type RateLimitState } from '@/server/platform/rate-limit';
import { TooManyEmails } from './errors';
import { sendLink } from './links';
import { ownPath, RequestReset, RequestSignInLink } from './schema';

/** Per address and kind: enough for a user who lost one, too few to flood an inbox. */
const BY_ADDRESS: RateLimit = { limit: 4, windowSeconds: 1_800 };
/** Per network; offices share one. */
const BY_NETWORK: RateLimit = { limit: 40, windowSeconds: 1_800 };
/** Per account. */
const BY_ACCOUNT: RateLimit = { limit: 10, windowSeconds: 3_600 };

/**
 * Rate-limits e-mails to an address. Addresses without an account count the same.
 * @throws TooManyEmails 429
 */
export async function throttleEmail(
  kind: string,
  email: string,
  network: string | null,
): Promise<void> {
  const address = sha256Hex(email).slice(0, 32);
  const states = [await consume(`email:${kind}:${address}`, BY_ADDRESS)];
  if (network) states.push(await consume(`email:network:${network.slice(0, 64)}`, BY_NETWORK));
  refuse(states);
}

/**
 * Rate-limits e-mails that a signed-in user triggers, to any address.
 * @throws TooManyEmails 429
 */
export async function throttleEmailsOf(userId: string): Promise<void> {
  refuse([await consume(`email:account:${userId}`, BY_ACCOUNT)]);
}

function refuse(states: readonly RateLimitState[]): void {
  const refused = states.find((state) => !state.allowed);
  if (refused) throw new TooManyEmails(Math.max(1, refused.retryAfterSeconds));
}

/** What to look up and send after the response. */
export interface LinkRequest {
  linkId: string;
  purpose: 'sign_in' | 'reset_password';
  email: string;
  next: string | null;
}

/**
 * Requests a password reset. Neither the response nor its timing reveals whether the account
 * exists: it is looked up afterwards.
 * @throws TooManyEmails 429
 */
export async function requestReset(input: RequestReset, network: string | null): Promise<void> {
  const { email } = RequestReset.parse(input);
  await requestLink({ purpose: 'reset_password', email, next: null }, network);
}

/**
 * Requests a sign-in link; reveals nothing, like `requestReset`.
 * @throws TooManyEmails 429
 */
export async function requestSignInLink(
  input: RequestSignInLink,
  network: string | null,
): Promise<void> {
  const { email, next } = RequestSignInLink.parse(input);
  await requestLink({ purpose: 'sign_in', email, next: ownPath(next) }, network);
}

async function requestLink(
  request: Omit<LinkRequest, 'linkId'>,
  network: string | null,
): Promise<void> {
  await throttleEmail(request.purpose, request.email, network);
  const linkId = newId();
  await transaction((tx) =>
    enqueue(tx, [
      {
        topic: 'account.link_requested',
        key: `account.link_requested:${linkId}`,
        data: { ...request, linkId } satisfies LinkRequest,
      },
    ]),
  );
  kickOutbox();
}

/** Sends the requested link if the account exists. */
export async function answerLinkRequest(tx: Tx, request: LinkRequest): Promise<void> {
  const { linkId: id, purpose, email, next } = request;
  const user = await tx.user.findUnique({ where: { email } });
  if (user) await sendLink(tx, { id, purpose, user, email, next });
}
