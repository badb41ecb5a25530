import type { Tx } from '@/server/platform/db';
import { type Posting, preparePosting, reverse } from './post-entries';

interface Refund {
  organizationId: string;
  /** Of the direct payment that carries it. */
  paymentId: string;
  /** What is set aside for it, what its payment may cost included. */
  reservedSats: bigint;
}

const referenceOf = ({ paymentId }: Pick<Refund, 'paymentId'>) => `refund:${paymentId}`;

/** Sets sats aside that go back to who paid them in: available → in flight. One payment is reserved once. */
export function refundReservation(refund: Refund): Posting {
  const { organizationId, reservedSats } = refund;
  return preparePosting({
    ...{ mode: 'live', kind: 'refund_reserve', reference: referenceOf(refund) },
    moves: [
      { kind: 'organization_available', owner: organizationId, amountSats: -reservedSats },
      { kind: 'organization_in_flight', owner: organizationId, amountSats: reservedSats },
    ],
  });
}

/**
 * The rail has paid: in flight → the rail's float. What it took for itself comes out of what was set aside
 * beyond the amount, then out of the platform's fees; what is left of that stays with the organization.
 */
export function refundSettlement(
  refund: Refund & { rail: string; amountSats: bigint; feeSats: bigint },
): Posting {
  const { organizationId, reservedSats, rail, amountSats, feeSats } = refund;
  const restSats = reservedSats - amountSats - feeSats;
  return preparePosting({
    ...{ mode: 'live', kind: 'refund_settle', reference: referenceOf(refund) },
    moves: [
      { kind: 'organization_in_flight', owner: organizationId, amountSats: -reservedSats },
      { kind: 'rail_float', owner: rail, amountSats: amountSats + feeSats },
      restSats >= 0n
        ? { kind: 'organization_available', owner: organizationId, amountSats: restSats }
        : { kind: 'platform_fees', owner: 'platform', amountSats: restSats },
    ],
  });
}

/**
 * The rail has refused: in flight → available, as the reversal of the reservation.
 * @returns false where it was returned before.
 */
export function returnRefund(tx: Tx, refund: Pick<Refund, 'paymentId'>): Promise<boolean> {
  return reverse(tx, {
    ...{ reference: referenceOf(refund), kind: 'refund_reserve', as: 'refund_return' },
  });
}
