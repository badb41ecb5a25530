/** Constants that pages need without importing the large contracts. Browser-safe. */

export const ORGANIZATION_STATES = ['active', 'suspended', 'closed'] as const;
