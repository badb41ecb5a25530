import type { Email } from '@/prisma/generated/client';
import { clock } from '@/server/platform/clock';
import { db } from '@/server/platform/db';
import type { DeliverResult } from './deliver-email';

/**
 * Lease TTL: after this the sending process is considered dead. Longer than the mail server's
 * timeout.
 */
const LEASE_MS = 120_000;

const MINUTE_MS = 60_000;
/** Backoff after each failed attempt; long enough to survive a night without a mail server. */
const RETRY_DELAYS_MS = [0.5, 2, 10, 60, 240, 720].map((minutes) => minutes * MINUTE_MS);
export const TRIES_MAX = RETRY_DELAYS_MS.length + 1;

/**
 * Claims the next attempt; null if the e-mail is settled, not due, or leased by another process.
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
 * Records the result of an attempt.
 * @returns the delay until the next attempt, or null if there is none.
 */
export async function settleEmail(
  email: Pick<Email, 'id' | 'attemptCount'>,
  result: DeliverResult,
  options: { eraseData: boolean },
): Promise<number | null> {
  const { id, attemptCount } = email;
  // An attempt whose lease expired must not overwrite the result of the next one.
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
