import type { Mode } from '@/server/platform/actor';
import { Prisma, type Tx } from '@/server/platform/db';
import {
  mergeMoves,
  type PostingDraft,
  post,
  postingSteps,
  reverse,
  wantedOf,
} from './post-entries';

interface PayoutMove {
  mode: Mode;
  workerId: string;
  attemptId: string;
  amountSats: bigint;
}

const attemptReference = (attemptId: string) => `attempt:${attemptId}`;

/**
 * Sets a worker's sats aside for one attempt: payable → in flight.
 * @returns false where this attempt was reserved before.
 */
export async function reservePayout(tx: Tx, input: PayoutMove): Promise<boolean> {
  const { mode, workerId, attemptId, amountSats } = input;
  return post(tx, {
    mode,
    kind: 'payout_reserve',
    reference: attemptReference(attemptId),
    moves: [
      { kind: 'worker_payable', owner: workerId, amountSats: -amountSats },
      { kind: 'worker_in_flight', owner: workerId, amountSats },
    ],
  });
}

/**
 * The same as common table expressions, for a statement that begins the attempt as well; see
 * `postingSteps`. `payout` is a relation of the payouts' columns with one row, or none: then nothing moves.
 * `open` says, of a row `p` of payouts, whether both accounts are open, without which nothing moves either.
 */
export function reserveSteps({ attemptId, payout }: { attemptId: string; payout: Prisma.Sql }) {
  const wanted = Prisma.sql`
    (SELECT k.kind, p.worker_id::text AS owner, p.mode, k.sign * p.amount_sats AS amount
       FROM ${payout} p,
            (VALUES ('worker_payable'::account_kind, -1), ('worker_in_flight', 1)) AS k(kind, sign))`;
  const draft = { kind: 'payout_reserve', reference: attemptReference(attemptId) } as const;
  return {
    steps: postingSteps(draft, wanted, 2),
    open: Prisma.sql`
      (SELECT count(*) FROM accounts a
        WHERE a.owner = p.worker_id::text AND a.mode = p.mode
          AND a.kind IN ('worker_payable', 'worker_in_flight')) = 2`,
  };
}

interface Settlement extends PayoutMove {
  rail: string;
  feeSats?: bigint;
}

/**
 * The rail has paid: in flight → the rail's float. What the rail took for itself (`feeSats`) is the
 * platform's cost, never the worker's.
 * @returns false where this attempt was settled before.
 */
export async function settlePayout(tx: Tx, input: Settlement): Promise<boolean> {
  return post(tx, settlementOf(input));
}

/**
 * The same as common table expressions, for a statement that closes the attempt as well; see
 * `postingSteps`. Nothing moves where the relation `closed` is empty.
 */
export function settleSteps(input: Settlement, closed: Prisma.Sql): Prisma.Sql {
  const draft = settlementOf(input);
  const moves = mergeMoves(draft);
  const wanted = Prisma.sql`
    (SELECT w.* FROM ${wantedOf(draft.mode, moves)} w WHERE EXISTS (SELECT FROM ${closed}))`;
  return postingSteps(draft, wanted, moves.length);
}

function settlementOf(input: Settlement): PostingDraft {
  const { mode, workerId, attemptId, amountSats, rail, feeSats = 0n } = input;
  return {
    mode,
    kind: 'payout_settle',
    reference: attemptReference(attemptId),
    moves: [
      { kind: 'worker_in_flight', owner: workerId, amountSats: -amountSats },
      { kind: 'platform_fees', owner: 'platform', amountSats: -feeSats },
      { kind: 'rail_float', owner: rail, amountSats: amountSats + feeSats },
    ],
  };
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
    reference: attemptReference(attemptId),
    kind: 'payout_reserve',
    as: 'payout_return',
  });
}
