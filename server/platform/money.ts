/** Money is whole sats in a bigint, and never converted to floating point. */

/** The platform's fee. */
export interface FeeTerms {
  /** Basis points of the workers' pay. */
  bps: number;
  /** The minimum for a paid task. */
  minimumSats: number;
}

/** The fee of a task that pays its workers `paidSats`, rounded up; 0 if it pays nobody. */
export function feeSats(paidSats: bigint, { bps, minimumSats }: FeeTerms): bigint {
  if (paidSats === 0n) return 0n;
  const share = (paidSats * BigInt(bps) + 9_999n) / 10_000n;
  const minimum = BigInt(minimumSats);
  return share > minimum ? share : minimum;
}

/**
 * Converts sats to a JSON number.
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
