import { processWide } from '../process-wide';
import { type RateLimit, takeFromPostgres } from './bucket-store';
import { type Consume, createLimiter, type RateLimitState } from './limiter';
import { noteRefusal } from './refusals';

export { deleteIdleBuckets, type RateLimit, type TakeTokens } from './bucket-store';
export { type Consume, createLimiter, type RateLimitState } from './limiter';
export { deleteOldRefusals, flushRefusals, listRefused, type Refused } from './refusals';

/**
 * Takes one request out of the allowance of `key`, which all processes share. Refusals are counted for
 * the operators.
 * @param key names who is limited and for what, such as `key:0198…`; never a secret.
 */
export async function consume(key: string, limit: RateLimit): Promise<RateLimitState> {
  const limiter = processWide<Consume>('rate-limiter', () => createLimiter(takeFromPostgres));
  const state = await limiter(key, limit);
  if (!state.allowed) noteRefusal(key, limit);
  return state;
}
