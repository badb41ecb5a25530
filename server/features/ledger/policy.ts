/** Constants that pages need without importing the large contracts. Browser-safe. */

/** Credits are entered by hand: the cap catches typing errors. */
export const CREDIT_SATS_MAX = 100_000_000;
