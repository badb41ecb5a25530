import { clock } from '../clock';
import { log } from '../log';
import { LruCache } from '../lru-cache';
import type { RateLimit, TakeTokens } from './bucket-store';

const LEASES_MAX = 10_000;
/** Maximum share of the limit per lease, so that processes do not hoard tokens. */
const CHUNK_SHARE = 1 / 50;
const CHUNK_MAX = 200;
/** When this share of a lease is left, the next is fetched in the background. */
const REFETCH_SHARE = 0.25;
/**
 * Unused tokens of a lease expire, so that an idle process cannot burst on top of a full bucket.
 */
const LEASE_MS = 10_000;
/** After a store failure, requests are allowed for this long before it is tried again. */
const OPEN_MS = 1_000;

export interface RateLimitState {
  allowed: boolean;
  limit: number;
  /** Remaining requests; an estimate if several processes share a bucket. */
  remaining: number;
  /** Whole seconds until the bucket is full again. */
  resetSeconds: number;
  /** Whole seconds until the next attempt; 0 if this one was allowed. */
  retryAfterSeconds: number;
}

export type Consume = (key: string, limit: RateLimit) => Promise<RateLimitState>;

interface Lease {
  tokens: number;
  /** The bucket's level when it was last read, and the time. */
  left: number;
  askedAtMs: number;
  /** The bucket is empty until then, and not queried before. */
  emptyUntilMs: number;
  fetching: Promise<void> | null;
}

/**
 * A token bucket whose tokens are taken from the shared store in chunks and spent in memory, so
 * that most requests need no write. Memory is only a cache: losing it costs a few tokens. If the
 * store fails, requests are allowed, and it is logged.
 */
export function createLimiter(take: TakeTokens): Consume {
  const leases = new LruCache<Lease>(LEASES_MAX);

  function chunkOf({ limit }: RateLimit): number {
    return Math.max(1, Math.min(CHUNK_MAX, Math.floor(limit * CHUNK_SHARE)));
  }

  function leaseOf(key: string, nowMs: number): Lease {
    const known = leases.get(key);
    if (known) {
      if (nowMs - known.askedAtMs > LEASE_MS) known.tokens = 0;
      return known;
    }
    const lease = { tokens: 0, left: 0, askedAtMs: nowMs, emptyUntilMs: 0, fetching: null };
    leases.set(key, lease);
    return lease;
  }

  async function fetchTokens(key: string, lease: Lease, limit: RateLimit): Promise<void> {
    const chunk = chunkOf(limit);
    try {
      const { granted, left } = await take(key, chunk, limit);
      lease.tokens += granted;
      lease.left = left;
      lease.askedAtMs = clock.nowMs();
      if (granted === 0) {
        const secondsToOne = (1 - left) * (limit.windowSeconds / limit.limit);
        lease.emptyUntilMs = clock.nowMs() + Math.max(1, secondsToOne * 1000);
      }
    } catch (error) {
      log.error({ err: error }, 'Failed to read the rate limit; allowing requests without one');
      // One fetch serves all concurrent callers, so that the log is not flooded either.
      lease.tokens = Number.POSITIVE_INFINITY;
      lease.left = limit.limit;
      lease.askedAtMs = clock.nowMs() - LEASE_MS + OPEN_MS;
    } finally {
      lease.fetching = null;
    }
  }

  function fetchOnce(key: string, lease: Lease, limit: RateLimit): Promise<void> {
    lease.fetching ??= fetchTokens(key, lease, limit);
    return lease.fetching;
  }

  function stateOf(lease: Lease, limit: RateLimit, allowed: boolean): RateLimitState {
    const perMs = limit.limit / (limit.windowSeconds * 1000);
    const refilled = (clock.nowMs() - lease.askedAtMs) * perMs;
    const have = Math.min(limit.limit - (allowed ? 1 : 0), lease.tokens + lease.left + refilled);
    const remaining = allowed ? Math.max(0, Math.floor(have)) : 0;
    return {
      allowed,
      limit: limit.limit,
      remaining,
      resetSeconds: Math.max(0, Math.ceil((limit.limit - have) / perMs / 1000)),
      retryAfterSeconds: allowed
        ? 0
        : Math.max(1, Math.ceil((lease.emptyUntilMs - clock.nowMs()) / 1000)),
    };
  }

  return async (key, limit) => {
    const nowMs = clock.nowMs();
    const lease = leaseOf(key, nowMs);
    // Concurrent callers may find a fetched chunk already spent, and then wait for the next.
    while (lease.tokens < 1) {
      if (clock.nowMs() < lease.emptyUntilMs) return stateOf(lease, limit, false);
      await fetchOnce(key, lease, limit);
    }
    lease.tokens -= 1;
    if (lease.tokens < chunkOf(limit) * REFETCH_SHARE && lease.tokens >= 1) {
      void fetchOnce(key, lease, limit);
    }
    return stateOf(lease, limit, true);
  };
}
