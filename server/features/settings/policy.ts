/** Constants that pages need without importing the large contracts. Browser-safe. */

/** Currencies for display and prices next to sats. */
export const CURRENCIES = ['USD', 'EUR', 'GBP', 'CHF', 'CAD', 'AUD', 'JPY'] as const;
