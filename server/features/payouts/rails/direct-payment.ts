import type { DirectPayment, Rail as RailRow } from '@/prisma/generated/client';
import {
  type Posting,
  postAll,
  railTestPosting,
  refundSettlement,
  returnRefund,
} from '@/server/features/ledger';
import { clock } from '@/server/platform/clock';
import { db, isUniqueViolation, type Prisma, type Tx, transaction } from '@/server/platform/db';
import { log } from '@/server/platform/log';
import { OPEN, requestOf } from '../attempt';
import { LOOKUP_DELAY_MS } from '../lifecycle';
import { lookUpOn, payOn, prepareOn } from './call-rail';
import type { LightningRail, Paid, RailResult } from './rail';
import { noteRailError } from './rail-health';
import { configured } from './registry';

const UNDER_WAY = ['sending', 'unknown'] as const;

/**
 * Sends a reserved payment like a payout: its preparation is stored first, and an unknown outcome
 * is looked up, never resent. Idempotent.
 */
export async function payDirectly(rail: LightningRail, payment: DirectPayment): Promise<void> {
  const sending = await prepare(rail, payment);
  if (!sending) return;
  const result = await payOn(rail, requestOf(sending));
  if (result.status === 'lost') await setUnknown(sending, result.reason);
  else await record(rail, sending, result);
}

/** After this, a payment with an unknown outcome needs attention. */
const TROUBLED_MS = 10 * 60_000;

/** Tests and refunds whose outcome has been unknown for ten minutes. */
export async function troubledDirectPayments(): Promise<{ count: number; oldest: Date | null }> {
  const { _count, _min } = await db.directPayment.aggregate({
    where: {
      status: { in: [...OPEN] },
      createdAt: { lt: new Date(clock.nowMs() - TROUBLED_MS) },
    },
    _count: true,
    _min: { createdAt: true },
  });
  return { count: _count, oldest: _min.createdAt };
}

/** Resumes interrupted payments, and looks up unknown outcomes. */
export async function lookUpDirectPayments(): Promise<void> {
  const before = new Date(clock.nowMs() - LOOKUP_DELAY_MS);
  const open = await db.directPayment.findMany({
    where: {
      OR: [
        { status: 'reserved', createdAt: { lt: before } },
        { status: 'sending', sentAt: { lt: before } },
        { status: 'unknown' },
      ],
    },
    orderBy: { id: 'asc' },
    include: { rail: true },
  });
  for (const { rail, ...payment } of open) {
    try {
      await carryOn(rail, payment);
    } catch (error) {
      // One failure does not affect the others.
      log.error({ err: error, paymentId: payment.id }, 'Failed to process a payment');
    }
  }
}

async function carryOn(row: RailRow, payment: DirectPayment): Promise<void> {
  const isReserved = payment.status === 'reserved';
  if (isReserved && payment.purpose === 'test') {
    await fail(payment, 'Interrupted before anything was sent.');
    return;
  }
  let rail: LightningRail;
  try {
    ({ rail } = configured(row));
  } catch (error) {
    await noteRailError(row, error);
    return;
  }
  if (isReserved) {
    await payDirectly(rail, payment);
    return;
  }
  const found = await lookUpOn(rail, requestOf(payment));
  if (found) await record(rail, payment, found);
}

/** @returns the prepared payment; null if it must not be sent. */
async function prepare(rail: LightningRail, payment: DirectPayment): Promise<DirectPayment | null> {
  const prepared = await prepareOn(rail, requestOf(payment));
  if (prepared.status === 'refused') {
    await fail(payment, prepared.reason);
    return null;
  }
  const { paymentHash } = prepared.preparation;
  const isUsed =
    paymentHash !== null &&
    (await db.payoutAttempt.count({ where: { paymentHash, status: { not: 'failed' } } })) > 0;
  const claimed = isUsed ? 'used' : await claim(payment, prepared.preparation);
  if (claimed !== 'used') return claimed;
  await fail(payment, 'This invoice was already paid. Use another one.');
  return null;
}

/** @returns null if another process has moved it on; `used` if its invoice was already paid. */
async function claim(
  { id }: DirectPayment,
  preparation: Prisma.DirectPaymentUpdateManyMutationInput,
): Promise<DirectPayment | 'used' | null> {
  try {
    const [sending] = await db.directPayment.updateManyAndReturn({
      where: { id, status: 'reserved' },
      data: { ...preparation, status: 'sending', sentAt: clock.now() },
    });
    return sending ?? null;
  } catch (error) {
    if (isUniqueViolation(error)) return 'used';
    throw error;
  }
}

async function record(
  rail: LightningRail,
  payment: DirectPayment,
  result: RailResult,
): Promise<void> {
  if (result.status === 'paid') await settle(rail, payment, result);
  else if (result.status === 'refused') await fail(payment, result.reason);
  else await setUnknown(payment, 'The payment is in flight.', result.externalId);
}

async function settle(rail: LightningRail, payment: DirectPayment, paid: Paid): Promise<void> {
  const { externalId, preimage, feeSats } = paid;
  await transaction(async (tx) => {
    const { count } = await tx.directPayment.updateMany({
      where: { id: payment.id, status: { in: [...UNDER_WAY] } },
      data: {
        ...{ status: 'settled', externalId, preimage, feeSats },
        ...{ error: null, finishedAt: clock.now() },
      },
    });
    if (count === 0) return;
    await postAll(tx, [await settlementOf(tx, rail, { ...payment, feeSats })]);
  });
}

async function settlementOf(
  tx: Tx,
  { name: rail }: LightningRail,
  payment: DirectPayment,
): Promise<Posting> {
  const { id: paymentId, amountSats, feeSats } = payment;
  const spent = { paymentId, rail, amountSats, feeSats };
  const refunded = refundOf(payment);
  if (!refunded) return railTestPosting(spent);
  const { depositId, reservedSats } = refunded;
  const { organizationId } = await tx.deposit.findUniqueOrThrow({ where: { id: depositId } });
  return refundSettlement({ ...spent, organizationId, reservedSats });
}

/** A refund's reserved amount and deposit; null for a test. */
function refundOf({ id, depositId, reservedSats }: DirectPayment) {
  if (depositId === null || reservedSats === null) return null;
  return { paymentId: id, depositId, reservedSats };
}

async function fail(payment: DirectPayment, error: string): Promise<void> {
  const { id, status } = payment;
  await transaction(async (tx) => {
    const { count } = await tx.directPayment.updateMany({
      where: { id, status: status === 'reserved' ? status : { in: [...UNDER_WAY] } },
      data: { status: 'failed', error, finishedAt: clock.now() },
    });
    const refunded = refundOf(payment);
    if (count > 0 && refunded) await returnRefund(tx, refunded);
  });
}

async function setUnknown(
  { id }: DirectPayment,
  error: string,
  externalId?: string,
): Promise<void> {
  await db.directPayment.updateMany({
    where: { id, status: { in: [...UNDER_WAY] } },
    data: { status: 'unknown', error, ...(externalId ? { externalId } : {}) },
  });
}
