import { postAll, refundReservation } from '@/server/features/ledger';
import { clock } from '@/server/platform/clock';
import { db, type Tx } from '@/server/platform/db';
import { newId } from '@/server/platform/ids';
import { enqueue } from '@/server/platform/outbox';
import { isUp } from '../choose-rail';
import { payDirectly } from './direct-payment';
import { noteRailError } from './rail-health';
import { type ConfiguredRail, configured, lightningRails } from './registry';

/** What goes back of a deposit, and to which invoice. */
export interface WantedRefund {
  depositId: string;
  organizationId: string;
  /** The BOLT11 invoice of who is paid back, over `amountSats`. */
  invoice: string;
  amountSats: bigint;
  /** What is left of the deposit; what the payment costs comes out of what it is above the amount. */
  reservedSats: bigint;
  createdBy: string;
}

/**
 * A rail that can pay a refund now: the one that the deposit came in by, where it answers; one that cannot be
 * asked about a payment whose answer was lost only after all others. Null where none answers.
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
 * Sets a refund aside; it is sent once the transaction has committed. The caller has locked the deposit, and
 * seen to it that no other refund of it is open or paid.
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

/** Sends a refund that is set aside; nothing is done where it was sent before. */
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
    // The sweep tries again once its settings can be read.
    await noteRailError(row, error);
    return;
  }
  await payDirectly(opened.rail, rest);
}
