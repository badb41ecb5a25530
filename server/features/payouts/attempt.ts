import type { PayoutAttempt } from '@/prisma/generated/client';
import type { Mode } from '@/server/platform/actor';
import type { Preparation, PreparedRequest, RailRequest } from './rails/rail';

/** An open attempt: one payment to one worker, for one or many payouts. */
export type OpenAttempt = Pick<
  PayoutAttempt,
  | 'id'
  | 'mode'
  | 'workerId'
  | 'rail'
  | 'status'
  | 'amountSats'
  | 'destination'
  | 'invoice'
  | 'paymentHash'
  | 'externalId'
  | 'expiresAt'
  | 'feeLimitSats'
  | 'sentAt'
>;

/** Statuses of attempts with an open outcome. */
export const OPEN = ['reserved', 'sending', 'unknown'] as const;

/** The tasks of payouts; adjustments have none. */
export const tasksOf = (payouts: readonly { taskId: string | null }[]): string[] =>
  payouts.flatMap(({ taskId }) => taskId ?? []);

/** The sats that an attempt moves, and their owner. */
export function moveOf({ id, mode, workerId, amountSats }: OpenAttempt) {
  return { attemptId: id, mode, workerId, amountSats };
}

/** The parts of a payment that rails need; payments other than payouts are in live mode. */
type AskedPayment = Preparation &
  Omit<RailRequest, 'attemptId' | 'mode'> & { id: string; mode?: Mode };

/** The rail request of an attempt, with its preparation so far. */
export function requestOf({ mode = 'live', ...payment }: AskedPayment): PreparedRequest {
  const { id, amountSats, destination, feeLimitSats } = payment;
  const { invoice, paymentHash, externalId, expiresAt } = payment;
  return {
    ...{ attemptId: id, mode, amountSats, destination, feeLimitSats },
    preparation: { invoice, paymentHash, externalId, expiresAt },
  };
}
