import { clock } from '@/server/platform/clock';
import { db } from '@/server/platform/db';
import { log } from '@/server/platform/log';
import { reserveAttempt } from './begin-attempts';
import type { RailRequest, RailResult } from './rails/rail';
import { findRail } from './rails/registry';
import { settleAttempt } from './settle-attempts';
import { failAttempt, markUnknown, type OpenAttempt, postponeLookup } from './transition';

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
    const due = await findDueLookup(payoutId);
    if (due) await lookUpAttempt(due);
  }
  return outcomeOf(payoutId);
}

/**
 * Calls the rail for an attempt that this caller reserved, and records what it answered.
 * @returns whether it has paid, so that nothing is left to do.
 */
export async function payAttempt(open: OpenAttempt): Promise<boolean> {
  const rail = findRail(open.attempt.rail);
  if (!rail) {
    const reason = `No rail named ${open.attempt.rail} is configured.`;
    await failAttempt(open, { reason, final: true });
    return false;
  }
  let result: RailResult;
  try {
    result = await rail.pay(requestOf(open));
  } catch (error) {
    log.warn({ err: error, attemptId: open.attempt.id }, 'A rail gave no answer');
    await markUnknown(open, error instanceof Error ? error.message : String(error));
    return false;
  }
  return recordResult(open, result);
}

/** Asks the rail what became of an attempt, and records it; nothing is ever sent twice. */
export async function lookUpAttempt(open: OpenAttempt): Promise<void> {
  const found = await findRail(open.attempt.rail)?.lookup(requestOf(open));
  if (!found || found.status === 'pending') {
    await postponeLookup(open);
  } else if (found.status === 'absent') {
    await failAttempt(open, { reason: 'The request never reached the rail.', final: false });
  } else {
    await recordResult(open, found);
  }
}

async function recordResult(open: OpenAttempt, result: RailResult): Promise<boolean> {
  if (result.status === 'paid') return settleAttempt(open, result);
  await failAttempt(open, result);
  return false;
}

/** The open attempt of a payout that is to be looked up by now. */
async function findDueLookup(payoutId: string): Promise<OpenAttempt | null> {
  const found = await db.payout.findFirst({
    where: { id: payoutId, status: 'sending', nextAttemptAt: { lte: clock.now() } },
    include: { attempts: { where: { status: { in: ['reserved', 'unknown'] } } } },
  });
  if (!found) return null;
  const { attempts, ...payout } = found;
  const [attempt] = attempts;
  return attempt ? { payout, attempt } : null;
}

async function outcomeOf(payoutId: string): Promise<SendOutcome> {
  const payout = await db.payout.findUnique({
    where: { id: payoutId },
    select: { nextAttemptAt: true },
  });
  if (!payout?.nextAttemptAt) return { state: 'closed' };
  return { state: 'open', delayMs: Math.max(payout.nextAttemptAt.getTime() - clock.nowMs(), 100) };
}

function requestOf({ payout, attempt }: OpenAttempt): RailRequest {
  return {
    attemptId: attempt.id,
    amountSats: payout.amountSats,
    destination: payout.destination,
    mode: payout.mode,
  };
}
