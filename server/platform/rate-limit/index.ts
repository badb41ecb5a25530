import { processWide } from '../process-wide';
import { type RateLimit, takeFromPostgres } from './bucket-store';
import { type Consume, createLimiter, type RateLimitState } from './limiter';

export { deleteIdleBuckets, type RateLimit, type TakeTokens } from './bucket-store';
export { type Consume, createLimiter, type RateLimitState } from './limiter';

/**
 * Takes one request out of the allowance of `key`, which all processes share.
 * @param key names who is limited and for what, such as `key:0198…`; never a secret.
 */
export function consume(key: string, limit: RateLimit): Promise<RateLimitState> {
  const limiter = processWide<Consume>('rate-limiter', () => createLimiter(takeFromPostgres));
  return limiter(key, limit);
}
