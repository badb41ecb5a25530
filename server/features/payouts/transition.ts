import type { Payout } from '@/prisma/generated/client';
import { completeTasks } from '@/server/features/tasks';
import type { Mode } from '@/server/platform/actor';
import { clock, standingClock } from '@/server/platform/clock';
import { type Tx, transaction } from '@/server/platform/db';
import { tasksOf } from './attempt';
import { completeUnawaited } from './change-attempt';
import { AWAITED_MS, LOOKUP_DELAY_MS } from './lifecycle';

const inMs = (delayMs: number) => new Date(clock.nowMs() + delayMs);

/** Payouts that are released at once; more than anybody keeps, and as many as one payment carries. */
const RELEASED_MAX = 1_000;

export type Released = Pick<Payout, 'id' | 'amountSats'>;
/** Where payouts go this once, instead of where their worker is paid. */
export type ReleaseTo = Pick<Payout, 'rail'> & { destination: string };

/**
 * Keeps what waits to be sent to a worker: pending → held, for `releasePayouts` to send on. What is being
 * sent goes its way.
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
 * Sends on what a worker withdraws: held → pending, and failed → pending for another try, each by
 * the rail and to the destination the worker has now. The status is the lock; of several callers
 * each payout is returned to one.
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
  const instant = standingClock();
  await completeTasks(
    tx,
    tasksOf([held]).map((taskId) => ({ taskId, instant })),
  );
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
       SET status = 'pending', next_attempt_at = ${clock.now()}, attempts = 0,
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

/** Gives up a payout that no rail can ever be told of: pending → failed. */
export async function failUnsent({ id }: { id: string }, reason: string): Promise<void> {
  await changeUnsent(id, {
    status: 'failed',
    failureReason: reason,
    nextAttemptAt: null,
    awaited: false,
  });
}

/** Keeps a payout waiting that no rail can be told of now. It is no attempt. */
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
