/** Constants that pages need without importing the large contracts. Browser-safe. */

export const WORKER_STATES = ['waiting', 'active', 'online', 'paused', 'rejected'] as const;

export const ABOUT_CHARS_MAX = 1_000;
