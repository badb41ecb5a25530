import type { PayoutTiming } from '@/prisma/generated/client';
import { clock } from '@/server/platform/clock';
import { togetherIn } from '@/server/platform/together';
import { mayBePaid } from './may-be-paid';

/** How a worker is paid, as far as a new payout goes by it. */
export interface PaidWorker {
  id: string;
  rail: string;
  destination: string | null;
  timing: PayoutTiming;
  minSats: bigint;
  heldUntil: Date | null;
  /** Somebody signs in as this worker. */
  isPerson: boolean;
  emailConfirmedAt: Date | null;
}

/** How a new payout begins. */
export interface Beginning {
  status: 'held' | 'pending';
  heldUntil: Date | null;
  /** What the outbox tells of it; null of nothing. */
  topic: 'payout.created' | 'payout.kept' | null;
}

/** Whether a payout of so much is sent now, or kept for its worker. */
export function beginningOf(worker: PaidWorker, amountSats: bigint): Beginning {
  const heldUntil =
    worker.heldUntil !== null && worker.heldUntil > clock.now() ? worker.heldUntil : null;
  if (heldUntil === null && !isKept(worker, amountSats)) {
    return { status: 'pending', heldUntil, topic: 'payout.created' };
  }
  // What is kept may come to enough by now.
  return { status: 'held', heldUntil, topic: gathers(worker) ? 'payout.kept' : null };
}

/** Whether a payout waits: for a withdrawal, for others to come to enough with, or for an address that is confirmed. */
function isKept(worker: PaidWorker, amountSats: bigint): boolean {
  const { timing, isPerson, emailConfirmedAt, minSats } = worker;
  if (timing !== 'at_once' || amountSats < minSats) return true;
  return !mayBePaid({ user: isPerson ? { emailConfirmedAt } : null });
}

/** Whether what is kept for a worker leaves by itself once it comes to enough. */
const gathers = ({ timing, minSats }: PaidWorker) =>
  timing === 'at_threshold' || (timing === 'at_once' && minSats > 1n);

/** The workers by their ids. */
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
