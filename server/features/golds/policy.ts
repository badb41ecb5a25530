/** What pages show without the contracts, which are large. Browser-safe. */

/** In place of an organization's id: the golds that ship. */
export const SHIPPED_GOLDS = 'shipped';

export const GOLD_STATES = ['asked', 'doubtful', 'retired_itself', 'retired'] as const;
