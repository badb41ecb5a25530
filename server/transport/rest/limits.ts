import { env } from '@/server/platform/env';
import { TooManyRequests } from '@/server/platform/errors';
import type { RateLimitState } from '@/server/platform/rate-limit';

/** 429: the key exceeded its rate limit. */
export class RateLimitExceeded extends TooManyRequests {
  static readonly status = 429;
  static readonly code = 'rate_limit_exceeded';
  constructor(state: RateLimitState) {
    super(
      'rate_limit_exceeded',
      `At most ${state.limit} requests per minute are allowed. Try again in ${state.retryAfterSeconds} s.`,
      state.retryAfterSeconds,
    );
  }
}

/** The rate limit of one caller. */
export function requestLimit() {
  return { limit: env.RATE_LIMIT_PER_MINUTE, windowSeconds: 60 };
}

/** The rate limit headers of every response. */
export function rateLimitHeaders(state: RateLimitState): Record<string, string> {
  return {
    'RateLimit-Limit': String(state.limit),
    'RateLimit-Remaining': String(state.remaining),
    'RateLimit-Reset': String(state.resetSeconds),
  };
}
