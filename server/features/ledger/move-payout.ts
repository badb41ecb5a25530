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

/** Sets a worker's sats aside for one attempt: payable → in flight. One attempt is reserved once. */
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
 * The same as common table expressions, for a statement that begins attempts as well; see `postingSteps`.
 * `payout` is a relation of the payouts' columns and, of the attempt each begins, of `attempt_id`,
 * `posting_id` and `begun_at`.
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

/** Whether both accounts that a row `p` of payouts is reserved with are open. */
export const areAccountsOpen = Prisma.sql`
  (SELECT count(*) FROM accounts a
    WHERE a.owner = p.worker_id::text AND a.mode = p.mode
      AND a.kind IN ('worker_payable', 'worker_in_flight')) = 2`;

/**
 * The rail has paid: in flight → the rail's float. What the rail took for itself (`feeSats`) is the
 * platform's cost, never the worker's. One attempt is settled once.
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

/** A rail was tried by a payment of the platform's own: its fees → the rail's float. */
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
 * Settlements as common table expressions, for a statement that closes the attempts as well; see
 * `postingSteps`. Only those move whose `posting_id` is in the relation `closed`.
 */
export function settleSteps(settlements: readonly Posting[], closed: Prisma.Sql): Prisma.Sql {
  const { drafts, moves } = wantedOf(settlements);
  return postingSteps({
    drafts: Prisma.sql`(SELECT w.* FROM ${drafts} w JOIN ${closed} c ON c.posting_id = w.id)`,
    moves,
  });
}

/**
 * The rail has refused: in flight → payable, as the reversal of the reservation.
 * @returns false where this attempt was returned before.
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
