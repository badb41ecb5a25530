/** What pages show without the contracts, which are large. Browser-safe. */

/** How long a review is kept for whoever looks at it; a page that shows it renews its claim. */
export const CLAIM_MS = 3 * 60_000;

export const DECISIONS = ['accept', 'correct', 'reject'] as const;
