import type { Payout } from '@/prisma/generated/client';
import { clock } from '@/server/platform/clock';
import { db } from '@/server/platform/db';
import { type OpenAttempt, requestOf } from './attempt';
import { reserveAttempt } from './begin-attempts';
import { failAttempt, markSending, markUnknown, postponeLookup } from './change-attempt';
import { lookUpOn, payOn, prepareOn } from './rails/call-rail';
import type { Rail, RailResult } from './rails/rail';
import { findRail } from './rails/registry';
import { settleAttempt } from './settle-attempts';

/** `closed`: paid or given up. `open`: to be called again after so many milliseconds. */
export type SendOutcome = { state: 'closed' } | { state: 'open'; delayMs: number };

/**
 * Takes a payout one step on, from wherever it stands: begins an attempt and calls the rail, or
 * asks the rail about an attempt whose outcome is not known. It may be called by anyone at any time,
 * and be cut off anywhere; the worker is paid once.
 */
export async function sendPayout(payoutId: string): Promise<SendOutcome> {
  const fresh = await reserveAttempt(payoutId);
  if (fresh) {
    if (await payAttempt(fresh)) return { state: 'closed' };
  } else {
    const due = await findDueAttempt(payoutId);
    if (due) await lookUpAttempt(due);
  }
  return outcomeOf(payoutId);
}

/**
 * Prepares an attempt that this caller reserved, tells the rail to pay it, and records what it answered.
 * @returns whether it has paid, so that nothing is left to do.
 */
export async function payAttempt(reserved: OpenAttempt): Promise<boolean> {
  const rail = await findRail(reserved.rail);
  if (!rail) {
    const reason = `The rail named ${reserved.rail} is gone.`;
    await failAttempt(reserved, { reason, fault: 'rail', final: false });
    return false;
  }
  const attempt = reserved.status === 'reserved' ? await prepareAttempt(rail, reserved) : reserved;
  if (!attempt) return false;
  const result = await payOn(rail, requestOf(attempt));
  if (result.status !== 'lost') return recordResult(attempt, result);
  await markUnknown(attempt, result.reason);
  return false;
}

/** @returns the attempt as it may be sent; null where it may not. */
async function prepareAttempt(rail: Rail, reserved: OpenAttempt): Promise<OpenAttempt | null> {
  const prepared = await prepareOn(rail, requestOf(reserved));
  if (prepared.status === 'refused') {
    await failAttempt(reserved, prepared);
    return null;
  }
  const sending = await markSending(reserved, prepared.preparation);
  if (sending !== 'used') return sending;
  await failAttempt(reserved, {
    reason: 'The destination gave an invoice that was paid before. Use another address.',
    ...{ fault: 'destination', final: false },
  });
  return null;
}

/** Asks the rail what became of an attempt, and records it; nothing is ever sent twice. */
export async function lookUpAttempt(attempt: OpenAttempt): Promise<void> {
  if (attempt.status === 'reserved') {
    const reason = 'It was cut off before anything was sent.';
    await failAttempt(attempt, { reason, fault: 'rail', final: false, wasCutOff: true });
    return;
  }
  const rail = await findRail(attempt.rail);
  const found = rail && (await lookUpOn(rail, requestOf(attempt)));
  if (!found || found.status === 'pending') await postponeLookup(attempt);
  else await recordResult(attempt, found);
}

async function recordResult(attempt: OpenAttempt, result: RailResult): Promise<boolean> {
  if (result.status === 'paid') return settleAttempt(attempt, result);
  if (result.status === 'pending') {
    await markUnknown(attempt, 'It is on its way.', result.externalId);
  } else await failAttempt(attempt, result);
  return false;
}

/** The open attempt that a payout leads, once it is to be looked at. */
async function findDueAttempt(payoutId: string): Promise<OpenAttempt | null> {
  const found = await db.payout.findFirst({
    where: { id: payoutId, status: 'sending', nextAttemptAt: { lte: clock.now() } },
    include: { attempt: true },
  });
  return found?.attempt ?? null;
}

async function outcomeOf(payoutId: string): Promise<SendOutcome> {
  const payout: Pick<Payout, 'nextAttemptAt'> | null = await db.payout.findUnique({
    where: { id: payoutId },
    select: { nextAttemptAt: true },
  });
  if (!payout?.nextAttemptAt) return { state: 'closed' };
  return { state: 'open', delayMs: Math.max(payout.nextAttemptAt.getTime() - clock.nowMs(), 100) };
}
