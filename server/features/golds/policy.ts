/** Constants that pages need without importing the large contracts. Browser-safe. */

/** Stands in for an organization's ID: the built-in golds. */
export const SHIPPED_GOLDS = 'shipped';

export const GOLD_STATES = ['asked', 'doubtful', 'retired_itself', 'retired'] as const;
