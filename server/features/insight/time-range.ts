import { clock } from '@/server/platform/clock';
import { lowestIdAt } from '@/server/platform/ids';
import type { Range } from './schema';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
/** Ids are made just before their row's time is read, on another machine's clock perhaps. */
const ID_SLACK_MS = 60_000;

const LENGTHS: Record<Range, { buckets: number; bucketMs: number; unit: 'hour' | 'day' }> = {
  '24h': { buckets: 24, bucketMs: HOUR_MS, unit: 'hour' },
  '7d': { buckets: 7, bucketMs: DAY_MS, unit: 'day' },
  '30d': { buckets: 30, bucketMs: DAY_MS, unit: 'day' },
  '90d': { buckets: 90, bucketMs: DAY_MS, unit: 'day' },
};

export interface TimeRange {
  unit: 'hour' | 'day';
  startsAt: Date;
  /** No task created in the range has a lower id. */
  lowestId: string;
  /** The first instant of each bucket, oldest first; the last one is not over yet. */
  buckets: Date[];
}

/** Whole hours or days by UTC, up to the one that has begun. */
export function timeRange(range: Range): TimeRange {
  const { buckets: count, bucketMs, unit } = LENGTHS[range];
  const last = Math.floor(clock.nowMs() / bucketMs) * bucketMs;
  const buckets = Array.from(
    { length: count },
    (_, at) => new Date(last - (count - 1 - at) * bucketMs),
  );
  const startsAt = buckets[0] ?? new Date(last);
  return { unit, startsAt, lowestId: lowestIdAt(startsAt.getTime() - ID_SLACK_MS), buckets };
}
