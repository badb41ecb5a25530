/** Constants that pages need without importing the large contracts. Browser-safe. */

/**
 * The account kinds operators can adjust; all others change only through their own transactions.
 */
export const ADJUSTED_KINDS = ['organization_available', 'worker_payable'] as const;
