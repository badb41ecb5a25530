/** Money is whole sats in a bigint. Nothing here ever becomes a floating-point number on the way. */

/** What the platform takes of a task. */
export interface FeeTerms {
  /** Basis points of what its workers are paid. */
  bps: number;
  /** The least of a task that pays anybody. */
  minimumSats: number;
}

/** The fee of a task that pays its workers `paidSats`, rounded up to a whole sat; none where it pays nobody. */
export function feeSats(paidSats: bigint, { bps, minimumSats }: FeeTerms): bigint {
  if (paidSats === 0n) return 0n;
  const share = (paidSats * BigInt(bps) + 9_999n) / 10_000n;
  const minimum = BigInt(minimumSats);
  return share > minimum ? share : minimum;
}

/**
 * A sat amount as a JSON number.
 * @throws RangeError beyond 2^53 − 1, which is more sats than will ever exist.
 */
export function satsToNumber(amountSats: bigint): number {
  if (
    amountSats > BigInt(Number.MAX_SAFE_INTEGER) ||
    amountSats < -BigInt(Number.MAX_SAFE_INTEGER)
  ) {
    throw new RangeError(`The amount ${amountSats} sats does not fit a JSON number.`);
  }
  return Number(amountSats);
}
