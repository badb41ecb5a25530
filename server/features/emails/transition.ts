import type { Email } from '@/prisma/generated/client';
import { clock } from '@/server/platform/clock';
import { db } from '@/server/platform/db';
import type { DeliverResult } from './deliver-email';

/** Past this the process that sends is gone. Longer than a mail server is waited for. */
const LEASE_MS = 120_000;

const MINUTE_MS = 60_000;
/** Waits after each failed try; a mail server that is down for a night costs nobody their e-mail. */
const RETRY_DELAYS_MS = [0.5, 2, 10, 60, 240, 720].map((minutes) => minutes * MINUTE_MS);
export const TRIES_MAX = RETRY_DELAYS_MS.length + 1;

/**
 * Takes the next try for this caller alone; null where the e-mail is settled, not due, or being sent
 * by somebody else.
 */
export async function claimEmail(id: string): Promise<Email | null> {
  const now = clock.now();
  const [claimed] = await db.email.updateManyAndReturn({
    where: { id, status: { in: ['queued', 'sending'] }, nextAttemptAt: { lte: now } },
    data: {
      status: 'sending',
      attemptCount: { increment: 1 },
      nextAttemptAt: new Date(now.getTime() + LEASE_MS),
    },
  });
  return claimed ?? null;
}

/**
 * Writes down how a try went.
 * @returns in how long to try again; null where nothing more is to be done.
 */
export async function settleEmail(
  email: Pick<Email, 'id' | 'attemptCount'>,
  result: DeliverResult,
  options: { eraseData: boolean },
): Promise<number | null> {
  const { id, attemptCount } = email;
  // A try whose lease ran out must not overwrite what the next one found.
  const where = { id, status: 'sending', attemptCount } as const;
  if (result.ok) {
    await db.email.updateMany({
      where,
      data: {
        status: 'sent',
        sentAt: clock.now(),
        nextAttemptAt: null,
        lastError: null,
        ...(options.eraseData ? { data: null } : {}),
      },
    });
    return null;
  }
  const delayMs = result.permanent ? undefined : RETRY_DELAYS_MS[attemptCount - 1];
  if (delayMs === undefined) {
    await db.email.updateMany({
      where,
      data: { status: 'failed', nextAttemptAt: null, lastError: result.error },
    });
    return null;
  }
  await db.email.updateMany({
    where,
    data: {
      status: 'queued',
      nextAttemptAt: new Date(clock.nowMs() + delayMs),
      lastError: result.error,
    },
  });
  return delayMs;
}
