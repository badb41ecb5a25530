/** What pages show without the contracts, which are large. Browser-safe. */

export const TIERS = ['low', 'medium', 'high', 'critical'] as const;
