import type { Payout } from '@/prisma/generated/client';
import { clock } from '@/server/platform/clock';
import { sha256Hex } from '@/server/platform/crypto';
import { db } from '@/server/platform/db';
import { log } from '@/server/platform/log';
import { type OpenAttempt, requestOf } from './attempt';
import { reserveAttempt } from './begin-attempts';
import { failAttempt, markSending, markUnknown, postponeLookup } from './change-attempt';
import { EXPIRY_MARGIN_MS } from './lifecycle';
import type { PrepareResult, Rail, RailLookup, RailResult } from './rails/rail';
import { noteRailError, noteRailOk } from './rails/rail-health';
import { RailForbidden } from './rails/rail-http';
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
  let result: RailResult;
  try {
    result = await rail.pay(requestOf(attempt));
  } catch (error) {
    await noteRailError(rail, error);
    log.warn({ err: error, attemptId: attempt.id }, 'A rail gave no answer');
    const reason = messageOf(error);
    // Whoever is turned away at the door has sent nothing.
    if (error instanceof RailForbidden) {
      await failAttempt(attempt, { reason, fault: 'rail', final: false });
    } else await markUnknown(attempt, reason);
    return false;
  }
  await noteRailOk(rail);
  return recordResult(attempt, result);
}

/** @returns the attempt as it may be sent; null where it may not. */
async function prepareAttempt(rail: Rail, reserved: OpenAttempt): Promise<OpenAttempt | null> {
  let prepared: PrepareResult;
  try {
    prepared = await rail.prepare(requestOf(reserved));
  } catch (error) {
    await noteRailError(rail, error);
    await failAttempt(reserved, { reason: messageOf(error), fault: 'rail', final: false });
    return null;
  }
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
    await failAttempt(attempt, { reason, fault: 'rail', final: false });
    return;
  }
  const rail = await findRail(attempt.rail);
  const found = rail && (await askRail(rail, attempt));
  if (!found || found.status === 'pending') await postponeLookup(attempt);
  else if (found.status !== 'absent') await recordResult(attempt, found);
  else if (isFinallyAbsent(rail, attempt)) {
    const reason = 'The request never reached the rail.';
    await failAttempt(attempt, { reason, fault: 'rail', final: false });
  } else await postponeLookup(attempt);
}

/** @returns null where the rail gives no answer now. */
async function askRail(rail: Rail, attempt: OpenAttempt): Promise<RailLookup | null> {
  try {
    const found = await rail.lookup(requestOf(attempt));
    await noteRailOk(rail);
    return found;
  } catch (error) {
    await noteRailError(rail, error);
    log.warn({ err: error, attemptId: attempt.id }, 'A rail gave no answer about an attempt');
    return null;
  }
}

/** Whether a payment that the rail does not know of can come to nothing but that. */
function isFinallyAbsent({ voidsAbsent }: Rail, { expiresAt }: OpenAttempt): boolean {
  if (voidsAbsent) return true;
  return expiresAt !== null && expiresAt.getTime() + EXPIRY_MARGIN_MS < clock.nowMs();
}

async function recordResult(attempt: OpenAttempt, result: RailResult): Promise<boolean> {
  if (result.status === 'paid') {
    return settleAttempt(attempt, { ...result, preimage: proofOf(attempt, result.preimage) });
  }
  if (result.status === 'pending') await markUnknown(attempt, 'It is on its way.');
  else await failAttempt(attempt, result);
  return false;
}

/** A preimage that is one: its SHA-256 is the payment hash, where what was prepared has one. */
function proofOf({ id, paymentHash }: OpenAttempt, preimage: string | null): string | null {
  if (preimage === null || paymentHash === null) return preimage;
  if (sha256Hex(Buffer.from(preimage, 'hex')) === paymentHash) return preimage;
  log.warn({ attemptId: id }, 'A rail gave a preimage that is not of the payment hash');
  return null;
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

const messageOf = (error: unknown) => (error instanceof Error ? error.message : String(error));
