/** What pages show without the contracts, which are large. Browser-safe. */

export const WORKER_STATES = ['waiting', 'active', 'online', 'paused', 'rejected'] as const;

export const ABOUT_CHARS_MAX = 1_000;
