/** Constants that pages need without importing the large contracts. Browser-safe. */

export const TIERS = ['low', 'medium', 'high', 'critical'] as const;
