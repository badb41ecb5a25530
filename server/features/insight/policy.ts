/** Constants that pages need without importing the large contracts. Browser-safe. */

export const RANGES = ['24h', '7d', '30d', '90d'] as const;
export type Range = (typeof RANGES)[number];
