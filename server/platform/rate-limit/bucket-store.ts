import { clock } from '../clock';
import { db } from '../db';
import { deleteInBatches } from '../delete-in-batches';

/** A bucket's capacity, and the time to refill it. */
export interface RateLimit {
  limit: number;
  windowSeconds: number;
}

export interface Grant {
  /** Tokens granted, from none up to the requested number. */
  granted: number;
  /** Tokens left in the bucket; fractional, because it refills continuously. */
  left: number;
}

/** Takes up to `wanted` tokens from a bucket shared by all processes. */
export type TakeTokens = (key: string, wanted: number, limit: RateLimit) => Promise<Grant>;

/**
 * Takes tokens from the bucket's row; a new bucket is full. One statement, so that callers queue.
 */
export const takeFromPostgres: TakeTokens = async (key, wanted, { limit, windowSeconds }) => {
  const now = clock.now();
  const perSecond = limit / windowSeconds;
  const first = Math.min(wanted, limit);
  const [row] = await db.$queryRaw<Grant[]>`
    INSERT INTO rate_limit_buckets AS bucket (key, tokens, granted, updated_at)
    VALUES (${key}, ${limit}::float8 - ${first}::float8, ${first}, ${now})
    ON CONFLICT (key) DO UPDATE SET (tokens, granted, updated_at) = (
      SELECT filled - LEAST(${wanted}::float8, FLOOR(filled)),
        LEAST(${wanted}::float8, FLOOR(filled))::int,
        GREATEST(bucket.updated_at, ${now})
      FROM (SELECT LEAST(
        ${limit}::float8,
        bucket.tokens + ${perSecond}::float8 *
          GREATEST(0, EXTRACT(EPOCH FROM ${now}::timestamptz - bucket.updated_at)::float8)
      ) AS filled) AS now_filled)
    RETURNING granted, tokens AS left`;
  if (!row) throw new Error('The bucket gave no answer.');
  return row;
};

/**
 * Deletes buckets unused for a day, which would be full again. Returns the number of rows deleted.
 */
export function deleteIdleBuckets(): Promise<number> {
  const before = new Date(clock.nowMs() - 24 * 60 * 60 * 1000);
  return deleteInBatches(
    (rows) => db.$executeRaw`
      DELETE FROM rate_limit_buckets WHERE key IN (
        SELECT key FROM rate_limit_buckets WHERE updated_at < ${before}
         ORDER BY updated_at LIMIT ${rows} FOR UPDATE SKIP LOCKED)`,
  );
}
