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
/** Attempts per account: a guess succeeds once in ten million. */
const TRIES: RateLimit = { limit: 10, windowSeconds: VALID_MINUTES[PURPOSE] * 60 };

/** Codes are short: they are scoped to the user, and a hash of the code alone could be reversed. */
const tokenOf = (userId: string, code: string) =>
  hmacSha256Hex(derivedKey('account codes'), `${userId}:${code.replace(/\s/g, '')}`);

/**
 * E-mails the user a code that confirms a change of payout destination. It works once, for 15
 * minutes, and replaces the previous code.
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
    if (!made) throw new Error('This code was already sent.');
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
 * Checks that a code is still valid without consuming it; each check counts as an attempt.
 * @throws WrongCode 400
 */
export async function assertCode(userId: string, code: string): Promise<void> {
  const { allowed } = await consume(`payout-code:${userId}`, TRIES);
  if (!allowed) throw new WrongCode();
  await orWrong(getOpenLink(PURPOSE, tokenOf(userId, code)));
}

/**
 * Consumes a code.
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
