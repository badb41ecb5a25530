/** What pages show without the contracts, which are large. Browser-safe. */

/** In which order a queue is shown. */
export const QUEUE_ORDERS = ['urgent', 'pay', 'hourly'] as const;
