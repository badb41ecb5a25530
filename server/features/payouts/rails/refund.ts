import { postAll, refundReservation } from '@/server/features/ledger';
import { clock } from '@/server/platform/clock';
import { db, type Tx } from '@/server/platform/db';
import { newId } from '@/server/platform/ids';
import { enqueue } from '@/server/platform/outbox';
import { isUp } from '../choose-rail';
import { payDirectly } from './direct-payment';
import { noteRailError } from './rail-health';
import { type ConfiguredRail, configured, lightningRails } from './registry';

/** A deposit's refund and its invoice. */
export interface WantedRefund {
  depositId: string;
  organizationId: string;
  /** The recipient's BOLT11 invoice for `amountSats`. */
  invoice: string;
  amountSats: bigint;
  /** The rest of the deposit; the payment's fee is covered by the excess over the amount. */
  reservedSats: bigint;
  createdBy: string;
}

/**
 * A rail that can pay a refund now: preferably the deposit's own, if available; rails that cannot
 * look up a payment after a lost response come last. Null if none is available.
 */
export async function findRefundRail(preferred: string): Promise<ConfiguredRail | null> {
  const rails = (await lightningRails()).filter(({ isEnabled }) => isEnabled);
  const rank = ({ rail }: ConfiguredRail) =>
    (rail.names ? 2 : 0) + (rail.name === preferred ? 0 : 1);
  const inOrder = rails.toSorted((a, b) => rank(a) - rank(b));
  for (const each of inOrder) {
    if (await isUp(each)) return each;
  }
  return null;
}

/**
 * Reserves a refund, which is sent after the commit. The caller has locked the deposit and checked
 * that no other refund of it is open or paid.
 */
export async function beginRefund(
  tx: Tx,
  { rail }: Pick<ConfiguredRail, 'rail'>,
  wanted: WantedRefund,
  feeLimitSats: bigint,
): Promise<void> {
  const { depositId, organizationId, invoice, amountSats, reservedSats, createdBy } = wanted;
  const id = newId();
  const { id: railId } = await tx.rail.findUniqueOrThrow({ where: { name: rail.name } });
  await tx.directPayment.create({
    data: {
      ...{ id, purpose: 'refund', railId, depositId, reservedSats },
      ...{ destination: invoice, amountSats, feeLimitSats, createdBy, createdAt: clock.now() },
    },
  });
  await postAll(tx, [refundReservation({ organizationId, paymentId: id, reservedSats })]);
  await enqueue(tx, [
    { topic: 'refund.begun', key: `refund.begun:${id}`, data: { paymentId: id } },
  ]);
}

/** Sends a reserved refund. Idempotent. */
export async function sendRefund(paymentId: string): Promise<void> {
  const payment = await db.directPayment.findUnique({
    where: { id: paymentId },
    include: { rail: true },
  });
  if (payment?.status !== 'reserved') return;
  const { rail: row, ...rest } = payment;
  let opened: ConfiguredRail;
  try {
    opened = configured(row);
  } catch (error) {
    // The sweep retries once its settings are readable.
    await noteRailError(row, error);
    return;
  }
  await payDirectly(opened.rail, rest);
}
