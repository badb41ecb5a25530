import type { PayoutTiming } from '@/prisma/generated/client';
import { clock } from '@/server/platform/clock';
import { togetherIn } from '@/server/platform/together';
import { mayBePaid } from './may-be-paid';

/** A worker's payout settings, for new payouts. */
export interface PaidWorker {
  id: string;
  rail: string;
  destination: string | null;
  timing: PayoutTiming;
  minSats: bigint;
  heldUntil: Date | null;
  /** Whether the worker has a user. */
  isPerson: boolean;
  emailConfirmedAt: Date | null;
}

/** A new payout's initial state. */
export interface Beginning {
  status: 'held' | 'pending';
  heldUntil: Date | null;
  /** Its outbox event; null for none. */
  topic: 'payout.created' | 'payout.kept' | null;
}

/** Whether a payout of this amount is sent now or held. */
export function beginningOf(worker: PaidWorker, amountSats: bigint): Beginning {
  const heldUntil =
    worker.heldUntil !== null && worker.heldUntil > clock.now() ? worker.heldUntil : null;
  if (heldUntil === null && !isKept(worker, amountSats)) {
    return { status: 'pending', heldUntil, topic: 'payout.created' };
  }
  // Held payouts may now reach the threshold.
  return { status: 'held', heldUntil, topic: gathers(worker) ? 'payout.kept' : null };
}

/** Whether a payout is held: for a withdrawal, for the threshold, or for a confirmed address. */
function isKept(worker: PaidWorker, amountSats: bigint): boolean {
  const { timing, isPerson, emailConfirmedAt, minSats } = worker;
  if (timing !== 'at_once' || amountSats < minSats) return true;
  return !mayBePaid({ user: isPerson ? { emailConfirmedAt } : null });
}

/** Whether a worker's held payouts are sent automatically at the threshold. */
const gathers = ({ timing, minSats }: PaidWorker) =>
  timing === 'at_threshold' || (timing === 'at_once' && minSats > 1n);

/** The workers by ID. */
export const findWorkers = togetherIn(async (tx, all: readonly (readonly string[])[]) => {
  const workers = await tx.$queryRaw<PaidWorker[]>`
    SELECT w.id::text AS id, w.payout_rail AS rail, w.payout_destination AS destination,
           w.payout_timing::text AS timing, w.payout_min_sats AS "minSats",
           w.payouts_held_until AS "heldUntil", u.id IS NOT NULL AS "isPerson",
           u.email_confirmed_at AS "emailConfirmedAt"
      FROM workers w LEFT JOIN users u ON u.id = w.user_id
     WHERE w.id = ANY(${[...new Set(all.flat())]}::uuid[])`;
  const byId = new Map(workers.map((worker) => [worker.id, worker]));
  return all.map(() => byId);
});
