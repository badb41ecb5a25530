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

/** Why an attempt failed, and whether a retry would fail too. */
export interface Failure extends Pick<Refusal, 'reason' | 'fault' | 'final'> {
  /** Whether our own process died before the rail was called; does not count as an attempt. */
  wasCutOff?: boolean;
}

/**
 * Stores the preparation, and moves the attempt from reserved to sending. The status is the lock:
 * only the caller that moves it may call the rail, once.
 * @returns null if it was closed in the meantime; `used` if another attempt or rail test already
 * used this invoice.
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
 * Records a rejection, or that the rail was never called: attempt failed, in flight → payable. Its
 * payouts are retried, or fail permanently if a retry would be rejected too.
 * @returns false if the attempt was already closed, or a reserved one is being sent now.
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
 * Records an unknown outcome: the rail is queried soon, by the payment ID it has assigned, if any.
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
 * Schedules another look-up of an open attempt. After a minute its tasks are completed without it,
 * because customers need not wait for the worker's payment.
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
  /** Null for an adjustment, which nothing waits for. */
  taskId: string | null;
  awaited: boolean;
}

/** Completes the tasks that no longer wait for these payouts. */
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
 * Locks the tasks of an attempt's payouts first, as everywhere.
 * @returns the highest attempt count among them.
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

/** The leading payout schedules the next look-up. */
async function setLookup(tx: Tx, { id }: OpenAttempt, delayMs: number): Promise<void> {
  await tx.payout.updateMany({
    where: { attemptId: id, status: 'sending', nextAttemptAt: { not: null } },
    data: { nextAttemptAt: inMs(delayMs) },
  });
}

/**
 * The compare-and-set by which one caller records an attempt's outcome. A reserved attempt is only
 * closed while reserved, because its caller may be about to send it.
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
