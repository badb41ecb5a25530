/** How long a rate that a source gave says what a bitcoin costs. Browser-safe, and by itself: every amount asks. */
export const FRESH_MS_MAX = 6 * 60 * 60 * 1_000;
