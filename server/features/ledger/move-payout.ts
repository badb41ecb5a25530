import type { Mode } from '@/server/platform/actor';
import type { Tx } from '@/server/platform/db';
import { post, reverse } from './post-entries';

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
 * The rail has paid: in flight → the rail's float. What the rail took for itself (`feeSats`) is the
 * platform's cost, never the worker's.
 * @returns false where this attempt was settled before.
 */
export async function settlePayout(
  tx: Tx,
  input: PayoutMove & { rail: string; feeSats?: bigint },
): Promise<boolean> {
  const { mode, workerId, attemptId, amountSats, rail, feeSats = 0n } = input;
  return post(tx, {
    mode,
    kind: 'payout_settle',
    reference: attemptReference(attemptId),
    moves: [
      { kind: 'worker_in_flight', owner: workerId, amountSats: -amountSats },
      { kind: 'platform_fees', owner: 'platform', amountSats: -feeSats },
      { kind: 'rail_float', owner: rail, amountSats: amountSats + feeSats },
    ],
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
    reference: attemptReference(attemptId),
    kind: 'payout_reserve',
    as: 'payout_return',
  });
}
