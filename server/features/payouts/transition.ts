import type { Payout } from '@/prisma/generated/client';
import { completeTasks } from '@/server/features/tasks';
import type { Mode } from '@/server/platform/actor';
import { clock, standingClock } from '@/server/platform/clock';
import { type Tx, transaction } from '@/server/platform/db';
import { tasksOf } from './attempt';
import { completeUnawaited } from './change-attempt';
import { AWAITED_MS, LOOKUP_DELAY_MS } from './lifecycle';

const inMs = (delayMs: number) => new Date(clock.nowMs() + delayMs);

/** Maximum number released at once, which is also the maximum per payment. */
const RELEASED_MAX = 1_000;

export type Released = Pick<Payout, 'id' | 'amountSats'>;
/** A one-time destination instead of the worker's own. */
export type ReleaseTo = Pick<Payout, 'rail'> & { destination: string };

/**
 * Holds a worker's pending payouts: pending → held, until `releasePayouts`. Those being sent
 * continue.
 */
export async function keepPending(
  tx: Tx,
  { workerId, mode }: { workerId: string; mode: Mode },
): Promise<void> {
  const where = { workerId, mode, status: 'pending' } as const;
  const waiting = await tx.payout.findMany({ where, select: { taskId: true } });
  const taskIds = [...new Set(tasksOf(waiting))];
  await tx.$queryRaw`
    SELECT 1 FROM tasks WHERE id = ANY(${taskIds}::uuid[]) ORDER BY id FOR UPDATE`;
  await tx.payout.updateMany({
    where: { ...where, OR: [{ taskId: { in: taskIds } }, { taskId: null }] },
    data: { status: 'held', nextAttemptAt: null },
  });
  const instant = standingClock();
  await completeTasks(
    tx,
    taskIds.map((taskId) => ({ taskId, instant })),
    { areLocked: true },
  );
}

/**
 * Releases a worker's payouts: held → pending, and failed → pending for a retry, with the worker's
 * current rail and destination. The status is the lock: each payout is returned to one caller.
 * @returns the payouts that this call released.
 */
export async function releasePayouts(
  tx: Tx,
  { workerId, mode, to }: { workerId: string; mode: Mode; to?: ReleaseTo },
): Promise<Released[]> {
  const now = clock.now();
  return tx.$queryRaw<Released[]>`
    WITH kept AS (
      SELECT id FROM payouts
       WHERE worker_id = ${workerId}::uuid AND mode = ${mode}::mode AND status IN ('held', 'failed')
         AND hold_reason IS NULL AND (held_until IS NULL OR held_until <= ${now})
       ORDER BY id
       LIMIT ${RELEASED_MAX}
         FOR UPDATE
    )
    UPDATE payouts p
       SET status = 'pending', next_attempt_at = ${now}, held_until = NULL, attempts = 0,
           rail = coalesce(${to?.rail ?? null}, w.payout_rail),
           destination = coalesce(${to?.destination ?? null}, w.payout_destination)
      FROM kept, workers w
     WHERE p.id = kept.id AND w.id = p.worker_id AND p.status IN ('held', 'failed')
       AND p.hold_reason IS NULL
    RETURNING p.id, p.amount_sats AS "amountSats"`;
}

/**
 * Holds a payout back for an operator: pending → held. The status is the lock: one being sent is
 * not held.
 * @returns false if it was not pending.
 */
export async function holdBack(tx: Tx, payoutId: string, reason: string): Promise<boolean> {
  const [held] = await tx.payout.updateManyAndReturn({
    where: { id: payoutId, status: 'pending' },
    data: { status: 'held', holdReason: reason, nextAttemptAt: null },
    select: { taskId: true },
  });
  if (!held) return false;
  // As with other held payouts, the customer's task does not wait for it.
  const instant = standingClock();
  await completeTasks(
    tx,
    tasksOf([held]).map((taskId) => ({ taskId, instant })),
  );
  return true;
}

/**
 * Reverses `holdBack`. `sends` sends it now, with its rail and destination; otherwise it is held
 * for withdrawal.
 * @returns false if it was not held back by an operator.
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
 * Retries a failed payout: failed → pending, with the worker's current rail and destination. All
 * its attempts have ended, so it cannot be paid twice.
 * @returns false if it had not failed.
 */
export async function retryFailed(tx: Tx, payoutId: string): Promise<boolean> {
  const count = await tx.$executeRaw`
    UPDATE payouts p
       SET status = 'pending', next_attempt_at = ${clock.now()}, attempts = 0,
           rail = w.payout_rail, destination = w.payout_destination
      FROM workers w
     WHERE p.id = ${payoutId}::uuid AND w.id = p.worker_id AND p.status = 'failed'`;
  return count === 1;
}

/**
 * Makes the look-up of an attempt with an unknown outcome due now, whether its response was lost or
 * its rail call must have ended.
 * @returns false if there is none.
 */
export async function hastenLookup(tx: Tx, payoutId: string): Promise<boolean> {
  const { count } = await tx.payout.updateMany({
    where: {
      id: payoutId,
      status: 'sending',
      attempt: {
        OR: [
          { status: 'unknown' },
          { status: { in: ['reserved', 'sending'] }, createdAt: { lte: inMs(-LOOKUP_DELAY_MS) } },
        ],
      },
    },
    data: { nextAttemptAt: clock.now() },
  });
  return count === 1;
}

/** Fails a payout for which no rail can ever be called: pending → failed. */
export async function failUnsent({ id }: { id: string }, reason: string): Promise<void> {
  await changeUnsent(id, {
    status: 'failed',
    failureReason: reason,
    nextAttemptAt: null,
    awaited: false,
  });
}

/** Postpones a payout for which no rail is available. Does not count as an attempt. */
export async function postponeUnsent(
  { id, createdAt }: { id: string; createdAt: Date },
  { reason, delayMs }: { reason: string; delayMs: number },
): Promise<void> {
  await changeUnsent(id, {
    failureReason: reason,
    nextAttemptAt: inMs(delayMs),
    ...(createdAt <= inMs(-AWAITED_MS) ? { awaited: false } : {}),
  });
}

async function changeUnsent(
  id: string,
  data: Pick<Partial<Payout>, 'status' | 'failureReason' | 'nextAttemptAt' | 'awaited'>,
): Promise<void> {
  await transaction(async (tx) => {
    await tx.$queryRaw`
      SELECT 1 FROM tasks WHERE id = (SELECT task_id FROM payouts WHERE id = ${id}::uuid) FOR UPDATE`;
    const changed = await tx.payout.updateManyAndReturn({
      where: { id, status: 'pending' },
      data,
      select: { taskId: true, awaited: true },
    });
    await completeUnawaited(tx, changed);
  });
}
