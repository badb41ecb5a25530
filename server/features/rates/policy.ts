/**
 * TTL of a source's rate. Browser-safe and without other imports, because every displayed amount
 * needs it.
 */
export const FRESH_MS_MAX = 6 * 60 * 60 * 1_000;
