import type { Deposit } from '@/prisma/generated/client';
import { beginRefund, findRefundRail, invoiceFault } from '@/server/features/payouts';
import { actorLabel } from '@/server/platform/actor';
import { db, isUniqueViolation, transaction } from '@/server/platform/db';
import { env } from '@/server/platform/env';
import { Conflict, NotFound } from '@/server/platform/errors';
import { readInvoice } from '@/server/platform/lightning';
import { satsToNumber } from '@/server/platform/money';
import { kickOutbox } from '@/server/platform/outbox';
import { buyerOf, lockPurchase, taskOf } from './find-purchase';
import { depositOfSecret, refundLink } from './refund-link';
import { openRefundOf, refundState } from './refund-state';

const MSATS_PER_SAT = 1_000n;

/** What LNURL-withdraw (LUD-03) answers; amounts in thousandths of a sat. */
export interface WithdrawRequest {
  tag: 'withdrawRequest';
  callback: string;
  k1: string;
  defaultDescription: string;
  minWithdrawable: number;
  maxWithdrawable: number;
}

/**
 * How a refund is claimed. A wallet may ask for less than there is where no route is found: what it leaves is
 * what the payment may cost.
 * @throws NotFound 404; Conflict 409 where there is nothing to claim, or no rail answers.
 */
export async function describeRefund(secret: string): Promise<WithdrawRequest> {
  const deposit = await findDeposit(secret);
  const { leftSats, minSats } = await claimable(deposit);
  const { url } = refundLink(deposit.id);
  return {
    ...{ tag: 'withdrawRequest', callback: `${url}/claim`, k1: secret },
    defaultDescription: `Refund of a task at ${new URL(env.PUBLIC_URL).host}`,
    minWithdrawable: satsToNumber(minSats * MSATS_PER_SAT),
    maxWithdrawable: satsToNumber(leftSats * MSATS_PER_SAT),
  };
}

/**
 * Claims a refund by an invoice. It is sent after this; the same invoice again changes nothing.
 * @throws NotFound 404; Conflict 409 that says what is wrong with the invoice, or that it was claimed before.
 */
export async function claimRefund(secret: string, given: string): Promise<void> {
  const deposit = await findDeposit(secret);
  const before = await openRefundOf(db, deposit);
  if (before && before.destination === readInvoice(given)?.text) return;
  const { leftSats, minSats, chosen } = await claimable(deposit);
  const { text: invoice, amountSats } = usable(given, minSats, leftSats);
  // Of what a payment costs beyond what was left for it, the platform bears a base fee.
  const feeLimitSats = leftSats - amountSats + chosen.feeLimitSats(0n);
  const buyer = buyerOf(deposit);
  if (!buyer) throw new NotFound('refund');
  try {
    await transaction(async (tx) => {
      await lockPurchase(tx, deposit);
      const now = refundState(deposit, await taskOf(deposit, tx), await openRefundOf(tx, deposit));
      if (now.status !== 'ready' || now.amountSats !== leftSats) throw new AlreadyClaimed();
      const wanted = {
        ...{ depositId: deposit.id, organizationId: deposit.organizationId, invoice, amountSats },
        ...{ reservedSats: leftSats, createdBy: actorLabel(buyer) },
      };
      await beginRefund(tx, chosen, wanted, feeLimitSats);
    });
  } catch (error) {
    throw isUniqueViolation(error) ? new AlreadyClaimed() : error;
  }
  kickOutbox();
}

class AlreadyClaimed extends Conflict {
  constructor() {
    super('refund_claimed', 'This refund has been claimed.');
  }
}

async function findDeposit(secret: string): Promise<Deposit> {
  const id = depositOfSecret(secret);
  const deposit = id === null ? null : await db.deposit.findUnique({ where: { id } });
  if (!deposit || !buyerOf(deposit)) throw new NotFound('refund');
  return deposit;
}

/** @throws Conflict where there is nothing to claim now. */
async function claimable(deposit: Deposit) {
  const task = await taskOf(deposit);
  const { status, amountSats } = refundState(deposit, task, await openRefundOf(db, deposit));
  if (status === 'waiting') {
    throw new Conflict('refund_waits', 'The task has not ended yet. What is left over comes then.');
  }
  if (status === 'none') throw new Conflict('no_refund', 'Nothing was left over.');
  if (status !== 'ready') throw new AlreadyClaimed();
  const chosen = await findRefundRail(deposit.rail);
  if (!chosen) {
    throw new Conflict('no_rail_answers', 'No Lightning rail answers now. Try again in a minute.');
  }
  const feeSats = chosen.feeLimitSats(amountSats);
  const minSats = amountSats > feeSats ? amountSats - feeSats : 1n;
  return { leftSats: amountSats, minSats, chosen };
}

/** @throws Conflict that says what is wrong with an invoice. */
function usable(given: string, minSats: bigint, maxSats: bigint) {
  const refuse = (message: string) => new Conflict('unusable_invoice', message);
  const invoice = readInvoice(given);
  if (!invoice) throw refuse('This is no BOLT11 invoice.');
  const amountSats = (invoice.amountMsats ?? 0n) / MSATS_PER_SAT;
  if (amountSats < minSats || amountSats > maxSats) {
    throw refuse(`The invoice is over ${amountSats} sats. Make one over ${maxSats}.`);
  }
  const fault = invoiceFault(invoice, amountSats);
  if (fault) throw refuse(fault);
  return { text: invoice.text, amountSats };
}
