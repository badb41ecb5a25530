import type { Mode } from '@/server/platform/actor';
import { Prisma, type Tx } from '@/server/platform/db';
import { type Posting, postingSteps, preparePosting, reverse, wantedOf } from './post-entries';

interface PayoutMove {
  mode: Mode;
  workerId: string;
  attemptId: string;
  amountSats: bigint;
}

const ATTEMPT = 'attempt:';

/** Reserves a worker's sats for one attempt: payable → in flight. Idempotent per attempt. */
export function payoutReservation(move: PayoutMove): Posting {
  const { mode, workerId, attemptId, amountSats } = move;
  return preparePosting({
    mode,
    kind: 'payout_reserve',
    reference: `${ATTEMPT}${attemptId}`,
    moves: [
      { kind: 'worker_payable', owner: workerId, amountSats: -amountSats },
      { kind: 'worker_in_flight', owner: workerId, amountSats },
    ],
  });
}

/**
 * The same as common table expressions, for a statement that also starts the attempts; see
 * `postingSteps`. `payout` is a relation of the payouts' columns plus each started attempt's
 * `attempt_id`, `posting_id` and `begun_at`.
 */
export function reserveSteps(payout: Prisma.Sql): Prisma.Sql {
  return postingSteps({
    drafts: Prisma.sql`
      (SELECT p.posting_id AS id, 'payout_reserve' AS kind, ${ATTEMPT}::text || p.attempt_id AS reference,
              p.begun_at AS created_at, 2 AS size
         FROM ${payout} p)`,
    moves: Prisma.sql`
      (SELECT p.posting_id, k.kind, p.worker_id::text AS owner, p.mode, k.sign * p.amount_sats AS amount
         FROM ${payout} p,
              (VALUES ('worker_payable'::account_kind, -1), ('worker_in_flight', 1)) AS k(kind, sign))`,
  });
}

/** Whether both accounts needed to reserve row `p` of payouts are open. */
export const areAccountsOpen = Prisma.sql`
  (SELECT count(*) FROM accounts a
    WHERE a.owner = p.worker_id::text AND a.mode = p.mode
      AND a.kind IN ('worker_payable', 'worker_in_flight')) = 2`;

/**
 * Settles a paid attempt: in flight → the rail's float. The rail's fee (`feeSats`) is the
 * platform's cost, never the worker's. Idempotent per attempt.
 */
export function payoutSettlement(move: PayoutMove & { rail: string; feeSats?: bigint }): Posting {
  const { mode, workerId, attemptId, amountSats, rail, feeSats = 0n } = move;
  return preparePosting({
    mode,
    kind: 'payout_settle',
    reference: `${ATTEMPT}${attemptId}`,
    moves: [
      { kind: 'worker_in_flight', owner: workerId, amountSats: -amountSats },
      { kind: 'platform_fees', owner: 'platform', amountSats: -feeSats },
      { kind: 'rail_float', owner: rail, amountSats: amountSats + feeSats },
    ],
  });
}

/** Records a rail test, a payment at the platform's own cost: its fees → the rail's float. */
export function railTestPosting(spent: {
  paymentId: string;
  rail: string;
  amountSats: bigint;
  feeSats: bigint;
}): Posting {
  const amountSats = spent.amountSats + spent.feeSats;
  return preparePosting({
    mode: 'live',
    kind: 'rail_test',
    reference: `rail_test:${spent.paymentId}`,
    moves: [
      { kind: 'platform_fees', owner: 'platform', amountSats: -amountSats },
      { kind: 'rail_float', owner: spent.rail, amountSats },
    ],
  });
}

/**
 * Settlements as common table expressions, for a statement that also closes the attempts; see
 * `postingSteps`. Only those whose `posting_id` is in the relation `closed` are made.
 */
export function settleSteps(settlements: readonly Posting[], closed: Prisma.Sql): Prisma.Sql {
  const { drafts, moves } = wantedOf(settlements);
  return postingSteps({
    drafts: Prisma.sql`(SELECT w.* FROM ${drafts} w JOIN ${closed} c ON c.posting_id = w.id)`,
    moves,
  });
}

/**
 * Reverses the reservation after the rail rejected the payment: in flight → payable.
 * @returns false if this attempt was already returned.
 */
export async function returnPayout(
  tx: Tx,
  { attemptId }: Pick<PayoutMove, 'attemptId'>,
): Promise<boolean> {
  return reverse(tx, {
    reference: `${ATTEMPT}${attemptId}`,
    kind: 'payout_reserve',
    as: 'payout_return',
  });
}
