import { z } from 'zod';
import { QUEUE_ORDERS } from './policy';

/** Which of the tasks that can be taken a worker wants to see, and in which order. Browser-safe. */
export const QueueFilter = z.strictObject({
  type: z.string().max(128).optional(),
  minSats: z.number().int().min(0).max(10_000_000).optional(),
  /** Only what is known to take no longer, by the pace shown. */
  maxMinutes: z.number().int().min(1).max(1_440).optional(),
  order: z.enum(QUEUE_ORDERS).optional(),
});
export type QueueFilter = z.infer<typeof QueueFilter>;
