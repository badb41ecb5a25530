import { z } from 'zod';
import { QUEUE_ORDERS } from './policy';

/** Filter and order of a worker's queue. Browser-safe. */
export const QueueFilter = z.strictObject({
  type: z.string().max(128).optional(),
  minSats: z.number().int().min(0).max(10_000_000).optional(),
  /** Only tasks known to take at most this long, by the displayed pace. */
  maxMinutes: z.number().int().min(1).max(1_440).optional(),
  order: z.enum(QUEUE_ORDERS).optional(),
});
export type QueueFilter = z.infer<typeof QueueFilter>;
