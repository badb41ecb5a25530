import type { PayoutAttempt } from '@/prisma/generated/client';
import type { Mode } from '@/server/platform/actor';
import type { Preparation, PreparedRequest, RailRequest } from './rails/rail';

/** An attempt that is under way: one payment to one worker, of one payout or of many. */
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

/** Statuses of attempts whose outcome is open. */
export const OPEN = ['reserved', 'sending', 'unknown'] as const;

/** The tasks that payouts are of; adjustments are of none. */
export const tasksOf = (payouts: readonly { taskId: string | null }[]): string[] =>
  payouts.flatMap(({ taskId }) => taskId ?? []);

/** The sats that an attempt moves, and whose they are. */
export function moveOf({ id, mode, workerId, amountSats }: OpenAttempt) {
  return { attemptId: id, mode, workerId, amountSats };
}

/** A payment as far as rails are asked about it; those that are no payouts are of live mode. */
type AskedPayment = Preparation &
  Omit<RailRequest, 'attemptId' | 'mode'> & { id: string; mode?: Mode };

/** What a rail is asked, with what was prepared so far. */
export function requestOf({ mode = 'live', ...payment }: AskedPayment): PreparedRequest {
  const { id, amountSats, destination, feeLimitSats } = payment;
  const { invoice, paymentHash, externalId, expiresAt } = payment;
  return {
    ...{ attemptId: id, mode, amountSats, destination, feeLimitSats },
    preparation: { invoice, paymentHash, externalId, expiresAt },
  };
}
