/** What pages show without the contracts, which are large. Browser-safe. */

export const RANGES = ['24h', '7d', '30d', '90d'] as const;
export type Range = (typeof RANGES)[number];
