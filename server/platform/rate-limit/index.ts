import { processWide } from '../process-wide';
import { type RateLimit, takeFromPostgres } from './bucket-store';
import { type Consume, createLimiter, type RateLimitState } from './limiter';
import { noteRefusal } from './refusals';

export { deleteIdleBuckets, type RateLimit, type TakeTokens } from './bucket-store';
export { type Consume, createLimiter, type RateLimitState } from './limiter';
export { deleteOldRefusals, flushRefusals, listRefused, type Refused } from './refusals';

/**
 * Consumes one request of the rate limit of `key`, shared by all processes. Refusals are counted
 * for operators.
 * @param key who is limited and for what, such as `key:0198…`; never a secret.
 */
export async function consume(key: string, limit: RateLimit): Promise<RateLimitState> {
  const limiter = processWide<Consume>('rate-limiter', () => createLimiter(takeFromPostgres));
  const state = await limiter(key, limit);
  if (!state.allowed) noteRefusal(key, limit);
  return state;
}
