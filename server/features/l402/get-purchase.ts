import { checkDeposit } from '@/server/features/deposits';
import { db } from '@/server/platform/db';
import { satsToNumber } from '@/server/platform/money';
import { findPurchase, taskOf } from './find-purchase';
import { refundLink } from './refund-link';
import { openRefundOf, refundState } from './refund-state';
import type { L402Purchase } from './schema';

/**
 * What a token has bought and cost, and how to claim the rest.
 * @throws InvalidL402Token 401
 */
export async function getPurchase(authorization: string): Promise<L402Purchase> {
  const { id } = (await findPurchase(authorization)).deposit;
  await checkDeposit(id, { forReader: true });
  const deposit = await db.deposit.findUniqueOrThrow({ where: { id } });
  const task = await taskOf(deposit);
  const refund = refundState(deposit, task, await openRefundOf(db, deposit));
  return {
    ...{ object: 'l402_purchase', id: deposit.key },
    amount_sats: satsToNumber(deposit.amountSats),
    received_sats: deposit.receivedSats === null ? null : satsToNumber(deposit.receivedSats),
    payment_hash: deposit.paymentHash ?? '',
    task_id: task?.id ?? null,
    charged_sats: task ? satsToNumber(task.chargedSats) : null,
    refund: {
      status: refund.status,
      amount_sats: satsToNumber(refund.amountSats),
      lnurl: refund.status === 'ready' ? refundLink(id).lnurl : null,
    },
    created_at: deposit.createdAt.toISOString(),
    paid_at: deposit.settledAt?.toISOString() ?? null,
  };
}
