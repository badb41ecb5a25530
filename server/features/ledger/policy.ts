/** What pages show without the contracts, which are large. Browser-safe. */

/** A credit is an act by hand: the cap catches a slip of the finger. */
export const CREDIT_SATS_MAX = 100_000_000;
