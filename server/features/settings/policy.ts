/** What pages show without the contracts, which are large. Browser-safe. */

/** Currencies that amounts are shown and priced in beside sats. */
export const CURRENCIES = ['USD', 'EUR', 'GBP', 'CHF', 'CAD', 'AUD', 'JPY'] as const;
