/** Constants that pages need without importing the large contracts. Browser-safe. */

/** Sort orders of the queue. */
export const QUEUE_ORDERS = ['urgent', 'pay', 'hourly'] as const;
