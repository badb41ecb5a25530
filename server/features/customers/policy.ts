/** What pages show without the contracts, which are large. Browser-safe. */

export const ORGANIZATION_STATES = ['active', 'suspended', 'closed'] as const;
