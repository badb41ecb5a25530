import { returnPayout } from '@/server/features/ledger';
import { completeTasks } from '@/server/features/tasks';
import { clock, spread, standingClock } from '@/server/platform/clock';
import { db, isUniqueViolation, Prisma, type Tx, transaction } from '@/server/platform/db';
import { OPEN, type OpenAttempt, tasksOf } from './attempt';
import {
  ATTEMPTS_MAX,
  AWAITED_MS,
  LOOKUP_DELAY_MS,
  LOOKUP_SOON_MS,
  lookupDelayMs,
  retryDelayMs,
} from './lifecycle';
import type { Preparation, Refusal } from './rails/rail';

const inMs = (delayMs: number) => new Date(clock.nowMs() + delayMs);

/** Why an attempt failed, and whether another one would as well. */
export interface Failure extends Pick<Refusal, 'reason' | 'fault' | 'final'> {
  /** True where our own process ended before anybody was told: that is no try, and not counted as one. */
  wasCutOff?: boolean;
}

/**
 * Keeps what was prepared, and moves the attempt from reserved to sending. The status is the lock: whoever
 * moves it may tell the rail to pay, once, and nobody else.
 * @returns null where it was closed in the meantime; `used` where an attempt, or a test of a rail, was made
 * with this invoice before.
 */
export async function markSending(
  attempt: OpenAttempt,
  preparation: Preparation,
): Promise<OpenAttempt | 'used' | null> {
  if (await isDirect(preparation)) return 'used';
  try {
    return await transaction(async (tx) => {
      const [sending] = await tx.payoutAttempt.updateManyAndReturn({
        where: { id: attempt.id, status: 'reserved' },
        data: { ...preparation, status: 'sending', sentAt: clock.now() },
      });
      if (!sending) return null;
      await setLookup(tx, attempt, LOOKUP_DELAY_MS);
      return sending;
    });
  } catch (error) {
    // An open or settled attempt has the same payment hash.
    if (isUniqueViolation(error)) return 'used';
    throw error;
  }
}

/** Whether a test payment or a refund that has not failed has the same payment hash. */
async function isDirect({ paymentHash }: Preparation): Promise<boolean> {
  if (paymentHash === null) return false;
  return (await db.directPayment.count({ where: { paymentHash, status: { not: 'failed' } } })) > 0;
}

/**
 * Records that the rail has refused, or was never told: attempt failed, in flight → payable. Its payouts
 * wait for the next attempt, or are given up where another would be refused as well.
 * @returns false where the attempt had been closed before, or a reserved one is being sent by now.
 */
export async function failAttempt(attempt: OpenAttempt, failure: Failure): Promise<boolean> {
  return transaction(async (tx) => {
    const begun = await lockTasks(tx, attempt);
    const cutOff = failure.wasCutOff ? 1 : 0;
    if (!(await closeAttempt(tx, attempt, failure))) return false;
    await returnPayout(tx, { attemptId: attempt.id });
    const retryAt = inMs(retryDelayMs(Math.max(1, begun - cutOff), spread()));
    const isGivenUp = Prisma.sql`(${failure.final} OR attempts - ${cutOff} >= ${ATTEMPTS_MAX})`;
    const payouts = await tx.$queryRaw<Awaiting[]>`
      UPDATE payouts
         SET status = (CASE WHEN ${isGivenUp} THEN 'failed' ELSE 'pending' END)::payout_status,
             next_attempt_at = CASE WHEN NOT ${isGivenUp} THEN ${retryAt}::timestamptz END,
             awaited = awaited AND NOT ${isGivenUp} AND created_at > ${inMs(-AWAITED_MS)},
             attempts = attempts - ${cutOff}, attempt_id = NULL, failure_reason = ${failure.reason}
       WHERE attempt_id = ${attempt.id}::uuid
      RETURNING task_id::text AS "taskId", awaited`;
    await completeUnawaited(tx, payouts);
    return true;
  });
}

/**
 * Records that it is not known yet what became of an attempt: the rail is asked, soon, by the name that it has
 * given the payment meanwhile, where it has.
 */
export async function markUnknown(
  attempt: OpenAttempt,
  error: string,
  externalId?: string,
): Promise<void> {
  await transaction(async (tx) => {
    const { count } = await tx.payoutAttempt.updateMany({
      where: { id: attempt.id, status: 'sending' },
      data: { status: 'unknown', error, ...(externalId ? { externalId } : {}) },
    });
    if (count === 1) await setLookup(tx, attempt, LOOKUP_SOON_MS);
  });
}

/**
 * Has an open attempt looked up again later. After a minute its tasks are completed without it: that the
 * worker's money is on its way is no business of the customer's.
 */
export async function postponeLookup(attempt: OpenAttempt): Promise<void> {
  await transaction(async (tx) => {
    await lockTasks(tx, attempt);
    const { sentAt } = attempt;
    const ageMs = sentAt ? clock.nowMs() - sentAt.getTime() : LOOKUP_DELAY_MS;
    await setLookup(tx, attempt, lookupDelayMs(ageMs));
    const late = await tx.payout.updateManyAndReturn({
      where: { attemptId: attempt.id, awaited: true, createdAt: { lte: inMs(-AWAITED_MS) } },
      data: { awaited: false },
      select: { taskId: true, awaited: true },
    });
    await completeUnawaited(tx, late);
  });
}

interface Awaiting {
  /** Null of an adjustment, which nobody waits for. */
  taskId: string | null;
  awaited: boolean;
}

/** Completes the tasks whose completion no longer waits for these payouts. */
export async function completeUnawaited(tx: Tx, payouts: readonly Awaiting[]): Promise<void> {
  const ended = payouts.filter(({ awaited }) => !awaited);
  const taskIds = new Set(tasksOf(ended));
  const instant = standingClock();
  await completeTasks(
    tx,
    [...taskIds].map((taskId) => ({ taskId, instant })),
    { areLocked: true },
  );
}

/**
 * Locks the tasks of an attempt's payouts, before anything else is, as everywhere.
 * @returns the most attempts that were begun for one of them.
 */
async function lockTasks(tx: Tx, attempt: OpenAttempt): Promise<number> {
  const payouts = await tx.payout.findMany({
    where: { attemptId: attempt.id },
    select: { taskId: true, attempts: true },
  });
  await tx.$queryRaw`
    SELECT 1 FROM tasks WHERE id = ANY(${tasksOf(payouts)}::uuid[]) ORDER BY id FOR UPDATE`;
  return Math.max(1, ...payouts.map(({ attempts }) => attempts));
}

/** The payout that leads an attempt is the one that is looked at again. */
async function setLookup(tx: Tx, { id }: OpenAttempt, delayMs: number): Promise<void> {
  await tx.payout.updateMany({
    where: { attemptId: id, status: 'sending', nextAttemptAt: { not: null } },
    data: { nextAttemptAt: inMs(delayMs) },
  });
}

/**
 * The compare-and-set that decides which of several callers records an attempt's outcome. A reserved
 * attempt is closed only while it is: its caller may be about to send it.
 */
async function closeAttempt(
  tx: Tx,
  { id, status }: OpenAttempt,
  { reason, fault }: Failure,
): Promise<boolean> {
  const from = OPEN.filter((each) => (each === 'reserved') === (status === 'reserved'));
  const { count } = await tx.payoutAttempt.updateMany({
    where: { id, status: { in: from } },
    data: { status: 'failed', error: reason, fault, finishedAt: clock.now() },
  });
  return count === 1;
}
