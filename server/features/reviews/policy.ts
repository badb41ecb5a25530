/** Constants that pages need without importing the large contracts. Browser-safe. */

/** TTL of a claim; a page that shows the review renews it. */
export const CLAIM_MS = 3 * 60_000;

export const DECISIONS = ['accept', 'correct', 'reject'] as const;

export const NOTE_CHARS_MAX = 2_000;

/** Why a task is reviewed. */
export const REVIEW_KINDS = ['escalated', 'spot_check', 'second_review', 'appeal'] as const;
