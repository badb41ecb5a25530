/** Money is whole sats in a bigint. Nothing here ever becomes a floating-point number on the way. */

/** The fee on `amountSats` at `feeBps` basis points, rounded up to a whole sat. */
export function feeSats(amountSats: bigint, feeBps: number): bigint {
  return (amountSats * BigInt(feeBps) + 9_999n) / 10_000n;
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
