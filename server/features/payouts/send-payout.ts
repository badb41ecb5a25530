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

/** `closed`: paid or failed permanently. `open`: call again after this many milliseconds. */
export type SendOutcome = { state: 'closed' } | { state: 'open'; delayMs: number };

/**
 * Advances a payout by one step: starts an attempt and calls the rail, or looks up an attempt with
 * an unknown outcome. May be called at any time and interrupted anywhere; the worker is paid
 * exactly once.
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
 * Prepares a reserved attempt, calls the rail, and records the result.
 * @returns whether it was paid.
 */
export async function payAttempt(reserved: OpenAttempt): Promise<boolean> {
  const rail = await findRail(reserved.rail);
  if (!rail) {
    const reason = `The rail named ${reserved.rail} no longer exists.`;
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

/** @returns the prepared attempt; null if it must not be sent. */
async function prepareAttempt(rail: Rail, reserved: OpenAttempt): Promise<OpenAttempt | null> {
  const prepared = await prepareOn(rail, requestOf(reserved));
  if (prepared.status === 'refused') {
    await failAttempt(reserved, prepared);
    return null;
  }
  const sending = await markSending(reserved, prepared.preparation);
  if (sending !== 'used') return sending;
  await failAttempt(reserved, {
    reason: 'The destination returned an invoice that was already paid. Use another address.',
    ...{ fault: 'destination', final: false },
  });
  return null;
}

/** Looks up an attempt's outcome and records it; never resends. */
export async function lookUpAttempt(attempt: OpenAttempt): Promise<void> {
  if (attempt.status === 'reserved') {
    const reason = 'Interrupted before anything was sent.';
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
    await markUnknown(attempt, 'The payment is in flight.', result.externalId);
  } else await failAttempt(attempt, result);
  return false;
}

/** The open attempt led by a payout, if a look-up is due. */
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
