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

/** The LNURL-withdraw (LUD-03) response; amounts in millisats. */
export interface WithdrawRequest {
  tag: 'withdrawRequest';
  callback: string;
  k1: string;
  defaultDescription: string;
  minWithdrawable: number;
  maxWithdrawable: number;
}

/**
 * Describes how to claim a refund. If no route is found, a wallet may claim less; the remainder is
 * then available for routing fees.
 * @throws NotFound 404; Conflict 409 if there is nothing to claim or no rail responds.
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
 * Claims a refund to an invoice. It is sent asynchronously; idempotent for the same invoice.
 * @throws NotFound 404; Conflict 409 if the invoice is invalid or the refund was already claimed.
 */
export async function claimRefund(secret: string, given: string): Promise<void> {
  const deposit = await findDeposit(secret);
  const before = await openRefundOf(db, deposit);
  if (before && before.destination === readInvoice(given)?.text) return;
  const { leftSats, minSats, chosen } = await claimable(deposit);
  const { text: invoice, amountSats } = usable(given, minSats, leftSats);
  // If routing costs more than what was left for it, the platform covers a base fee.
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
    super('refund_claimed', 'This refund was already claimed.');
  }
}

async function findDeposit(secret: string): Promise<Deposit> {
  const id = depositOfSecret(secret);
  const deposit = id === null ? null : await db.deposit.findUnique({ where: { id } });
  if (!deposit || !buyerOf(deposit)) throw new NotFound('refund');
  return deposit;
}

/** @throws Conflict if there is nothing to claim now. */
async function claimable(deposit: Deposit) {
  const task = await taskOf(deposit);
  const { status, amountSats } = refundState(deposit, task, await openRefundOf(db, deposit));
  if (status === 'waiting') {
    throw new Conflict(
      'refund_waits',
      'The task has not ended yet. The refund is available after it ends.',
    );
  }
  if (status === 'none') throw new Conflict('no_refund', 'There is nothing to refund.');
  if (status !== 'ready') throw new AlreadyClaimed();
  const chosen = await findRefundRail(deposit.rail);
  if (!chosen) {
    throw new Conflict(
      'no_rail_answers',
      'No Lightning rail is responding. Try again in a minute.',
    );
  }
  const feeSats = chosen.feeLimitSats(amountSats);
  const minSats = amountSats > feeSats ? amountSats - feeSats : 1n;
  return { leftSats: amountSats, minSats, chosen };
}

/** @throws Conflict that explains what is wrong with an invoice. */
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
