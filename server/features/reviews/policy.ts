/** What pages show without the contracts, which are large. Browser-safe. */

/** How long a review is kept for whoever looks at it; a page that shows it renews its claim. */
export const CLAIM_MS = 3 * 60_000;

export const DECISIONS = ['accept', 'correct', 'reject'] as const;

export const NOTE_CHARS_MAX = 2_000;

/** Why somebody looks at a task. */
export const REVIEW_KINDS = ['escalated', 'spot_check', 'second_review', 'appeal'] as const;
