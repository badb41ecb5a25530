import type { Tx } from '@/server/platform/db';
import { type Posting, preparePosting, reverse } from './post-entries';

interface Refund {
  organizationId: string;
  /** The direct payment that carries the refund. */
  paymentId: string;
  /** The reserved amount, including the maximum payment fee. */
  reservedSats: bigint;
}

const referenceOf = ({ paymentId }: Pick<Refund, 'paymentId'>) => `refund:${paymentId}`;

/** Reserves sats for a refund: available → in flight. Idempotent per payment. */
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
 * Settles a paid refund: in flight → the rail's float. The rail's fee is covered by the reserved
 * amount first, then by the platform's fees; the rest of the reservation stays with the
 * organization.
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
 * Reverses the reservation after the rail rejected the payment: in flight → available.
 * @returns false if it was already returned.
 */
export function returnRefund(tx: Tx, refund: Pick<Refund, 'paymentId'>): Promise<boolean> {
  return reverse(tx, {
    ...{ reference: referenceOf(refund), kind: 'refund_reserve', as: 'refund_return' },
  });
}
