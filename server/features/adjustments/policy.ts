/** What pages show without the contracts, which are large. Browser-safe. */

/** The accounts that operators adjust; every other moves by what happens to it alone. */
export const ADJUSTED_KINDS = ['organization_available', 'worker_payable'] as const;
