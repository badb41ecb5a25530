import { enqueueEmail } from '@/server/features/emails';
import { derivedKey, hmacSha256Hex, randomDigits } from '@/server/platform/crypto';
import { db, type Tx, transaction } from '@/server/platform/db';
import { NotFound } from '@/server/platform/errors';
import { newId } from '@/server/platform/ids';
import { kickOutbox } from '@/server/platform/outbox';
import { consume, type RateLimit } from '@/server/platform/rate-limit';
import { LinkOver, WrongCode } from './errors';
import { createLink, endLinks, getOpenLink, takeLink, VALID_MINUTES } from './links';
import { throttleEmail, throttleEmailsOf } from './request-link';

const PURPOSE = 'payout_address';
const DIGITS = 8;
/** Codes that are tried of one account: a guess is right once in ten million. */
const TRIES: RateLimit = { limit: 10, windowSeconds: VALID_MINUTES[PURPOSE] * 60 };

/** Codes are short, so each counts for its user alone, and its bare hash would give it away. */
const tokenOf = (userId: string, code: string) =>
  hmacSha256Hex(derivedKey('account codes'), `${userId}:${code.replace(/\s/g, '')}`);

/**
 * Sends a code to a user's address, by which they show that it is they who change where payouts go. It works
 * once, for 15 minutes, and ends the one before.
 * @throws TooManyEmails 429; NotFound.
 */
export async function sendCode(userId: string): Promise<void> {
  const user = await db.user.findUnique({ where: { id: userId } });
  if (!user) throw new NotFound('user');
  await throttleEmail(PURPOSE, user.email, null);
  await throttleEmailsOf(userId);
  const code = randomDigits(DIGITS);
  await transaction(async (tx) => {
    await endLinks(tx, userId, [PURPOSE]);
    const token = tokenOf(userId, code);
    const made = await createLink(tx, {
      ...{ id: newId(), purpose: PURPOSE, user, email: user.email, token },
    });
    if (!made) throw new Error('The same code was sent before.');
    await enqueueEmail(tx, {
      ...{ to: user.email, template: 'payout-address-code', sendBefore: made.expiresAt },
      data: {
        ...{ name: user.name, code, validMinutes: VALID_MINUTES[PURPOSE] },
        path: '/work/earnings',
      },
    });
  });
  kickOutbox();
}

/**
 * Whether a code can still be used, without using it; each asking counts.
 * @throws WrongCode 400
 */
export async function assertCode(userId: string, code: string): Promise<void> {
  const { allowed } = await consume(`payout-code:${userId}`, TRIES);
  if (!allowed) throw new WrongCode();
  await orWrong(getOpenLink(PURPOSE, tokenOf(userId, code)));
}

/**
 * Uses a code up.
 * @throws WrongCode 400
 */
export async function takeCode(tx: Tx, userId: string, code: string): Promise<void> {
  await orWrong(takeLink(tx, PURPOSE, tokenOf(userId, code)));
}

async function orWrong(link: Promise<unknown>): Promise<void> {
  await link.catch((error: unknown) => {
    throw error instanceof LinkOver ? new WrongCode() : error;
  });
}
