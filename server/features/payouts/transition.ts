import type { Payout, PayoutAttempt } from '@/prisma/generated/client';
import { returnPayout } from '@/server/features/ledger';
import { completeTasks } from '@/server/features/tasks';
import type { Mode } from '@/server/platform/actor';
import { clock, spread, standingClock } from '@/server/platform/clock';
import { type Tx, transaction } from '@/server/platform/db';
import { ATTEMPTS_MAX, LOOKUP_DELAY_MS, LOOKUP_SOON_MS, retryDelayMs } from './lifecycle';

/** A payout with the attempt that is under way. */
export interface OpenAttempt {
  payout: Pick<Payout, 'id' | 'mode' | 'workerId' | 'taskId' | 'amountSats' | 'destination'>;
  attempt: Pick<PayoutAttempt, 'id' | 'rail' | 'number'>;
}

const inMs = (delayMs: number) => new Date(clock.nowMs() + delayMs);

/**
 * Records that the rail has refused: attempt failed, in flight → payable. The payout waits for its
 * next attempt, or is given up where another would be refused as well.
 * @returns false where the attempt was closed before.
 */
export async function failAttempt(
  open: OpenAttempt,
  result: { reason: string; final: boolean },
): Promise<boolean> {
  const givenUp = result.final || open.attempt.number >= ATTEMPTS_MAX;
  return transaction(async (tx) => {
    const closed = await closeAttempt(tx, open, { status: 'failed', error: result.reason });
    if (!closed) return false;
    await returnPayout(tx, { attemptId: open.attempt.id });
    await tx.payout.update({
      where: { id: open.payout.id },
      data: {
        status: givenUp ? 'failed' : 'pending',
        failureReason: result.reason,
        nextAttemptAt: givenUp ? null : inMs(retryDelayMs(open.attempt.number, spread())),
      },
    });
    return true;
  });
}

/** Records that the rail's answer was lost: it is asked what happened, soon. */
export async function markUnknown({ payout, attempt }: OpenAttempt, error: string): Promise<void> {
  await transaction(async (tx) => {
    const { count } = await tx.payoutAttempt.updateMany({
      where: { id: attempt.id, status: 'reserved' },
      data: { status: 'unknown', error },
    });
    if (count === 1) await setLookup(tx, payout.id, LOOKUP_SOON_MS);
  });
}

/**
 * Sends on what a worker withdraws: held → pending, and failed → pending for another try, each by
 * the rail and to the destination the worker has now. The status is the lock; of several callers
 * each payout is returned to one.
 * @returns the payouts that this call released, at most `limit`.
 */
export async function releasePayouts(
  tx: Tx,
  { workerId, mode, limit }: { workerId: string; mode: Mode; limit: number },
): Promise<{ id: string; amountSats: bigint }[]> {
  return tx.$queryRaw<{ id: string; amountSats: bigint }[]>`
    WITH kept AS (
      SELECT id FROM payouts
       WHERE worker_id = ${workerId}::uuid AND mode = ${mode}::mode AND status IN ('held', 'failed')
         AND hold_reason IS NULL
       ORDER BY id
       LIMIT ${limit}
         FOR UPDATE
    )
    UPDATE payouts p
       SET status = 'pending', next_attempt_at = ${clock.now()},
           rail = w.payout_rail, destination = w.payout_destination
      FROM kept, workers w
     WHERE p.id = kept.id AND w.id = p.worker_id AND p.status IN ('held', 'failed')
       AND p.hold_reason IS NULL
    RETURNING p.id, p.amount_sats AS "amountSats"`;
}

/**
 * Keeps a payout from being sent, for an operator: pending → held. The status is the lock: one that is
 * being sent is not held back.
 * @returns false where it was not waiting to be sent.
 */
export async function holdBack(tx: Tx, payoutId: string, reason: string): Promise<boolean> {
  const [held] = await tx.payout.updateManyAndReturn({
    where: { id: payoutId, status: 'pending' },
    data: { status: 'held', holdReason: reason, nextAttemptAt: null },
    select: { taskId: true },
  });
  if (!held) return false;
  // As with what a worker keeps, the customer's task does not wait for it.
  await completeTasks(tx, [{ taskId: held.taskId, instant: standingClock() }]);
  return true;
}

/**
 * Ends what `holdBack` did. `sends` has it sent now, by the rail and to the destination it had; else it
 * is kept until its worker withdraws.
 * @returns false where no operator held it back.
 */
export async function endHold(tx: Tx, payoutId: string, sends: boolean): Promise<boolean> {
  const { count } = await tx.payout.updateMany({
    where: { id: payoutId, status: 'held', holdReason: { not: null } },
    data: {
      holdReason: null,
      ...(sends ? { status: 'pending', nextAttemptAt: clock.now() } : {}),
    },
  });
  return count === 1;
}

/**
 * Tries again what the rail gave up: failed → pending, by the rail and to the destination the worker
 * has now. Its attempts have all ended, so nothing can be paid twice.
 * @returns false where it was not given up.
 */
export async function retryFailed(tx: Tx, payoutId: string): Promise<boolean> {
  const count = await tx.$executeRaw`
    UPDATE payouts p
       SET status = 'pending', next_attempt_at = ${clock.now()},
           rail = w.payout_rail, destination = w.payout_destination
      FROM workers w
     WHERE p.id = ${payoutId}::uuid AND w.id = p.worker_id AND p.status = 'failed'`;
  return count === 1;
}

/**
 * Has an attempt whose outcome is not known looked up now: one whose answer was lost, or whose call to
 * the rail must have ended by now.
 * @returns false where there is none.
 */
export async function hastenLookup(tx: Tx, payoutId: string): Promise<boolean> {
  const { count } = await tx.payout.updateMany({
    where: {
      id: payoutId,
      status: 'sending',
      attempts: {
        some: {
          OR: [
            { status: 'unknown' },
            { status: 'reserved', createdAt: { lte: inMs(-LOOKUP_DELAY_MS) } },
          ],
        },
      },
    },
    data: { nextAttemptAt: clock.now() },
  });
  return count === 1;
}

/** Has an open attempt looked up again later. */
export async function postponeLookup({ payout }: OpenAttempt): Promise<void> {
  await transaction((tx) => setLookup(tx, payout.id, LOOKUP_DELAY_MS));
}

async function setLookup(tx: Tx, payoutId: string, delayMs: number): Promise<void> {
  await tx.payout.updateMany({
    where: { id: payoutId, status: 'sending' },
    data: { nextAttemptAt: inMs(delayMs) },
  });
}

/** The compare-and-set that decides which of several callers records an attempt's outcome. */
async function closeAttempt(
  tx: Tx,
  { attempt }: OpenAttempt,
  data: Partial<PayoutAttempt>,
): Promise<boolean> {
  const { count } = await tx.payoutAttempt.updateMany({
    where: { id: attempt.id, status: { in: ['reserved', 'unknown'] } },
    data: { ...data, finishedAt: clock.now() },
  });
  return count === 1;
}

/** The sats that an attempt moves, and whose they are. */
export function moveOf({ payout, attempt }: OpenAttempt) {
  return {
    mode: payout.mode,
    workerId: payout.workerId,
    attemptId: attempt.id,
    amountSats: payout.amountSats,
  };
}
