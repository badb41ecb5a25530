import type { Deposit, DirectPayment, Task } from '@/prisma/generated/client';
import { isTerminal } from '@/server/features/tasks';
import type { Tx } from '@/server/platform/db';
import type { L402Purchase } from './schema';

export interface RefundState {
  status: L402Purchase['refund']['status'];
  /** The amount to refund or refunded; 0 while unknown. */
  amountSats: bigint;
}

/** The payment that carries or carried a purchase's refund; null if there is none. */
export function openRefundOf(
  reader: Pick<Tx, 'directPayment'>,
  { id }: Pick<Deposit, 'id'>,
): Promise<DirectPayment | null> {
  return reader.directPayment.findFirst({
    where: { depositId: id, status: { not: 'failed' } },
    orderBy: { id: 'desc' },
  });
}

/** The refund of a purchase: everything received but not charged, once its task has ended. */
export function refundState(
  { receivedSats }: Pick<Deposit, 'receivedSats'>,
  task: Pick<Task, 'status' | 'chargedSats'> | null,
  payment: Pick<DirectPayment, 'status' | 'amountSats'> | null,
): RefundState {
  if (payment) {
    const status = payment.status === 'settled' ? 'paid' : 'sending';
    return { status, amountSats: payment.amountSats };
  }
  if (receivedSats === null) return { status: 'none', amountSats: 0n };
  if (task && !isTerminal(task.status)) return { status: 'waiting', amountSats: 0n };
  const amountSats = receivedSats - (task?.chargedSats ?? 0n);
  return amountSats > 0n ? { status: 'ready', amountSats } : { status: 'none', amountSats: 0n };
}
