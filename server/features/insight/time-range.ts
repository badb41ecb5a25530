import { clock } from '@/server/platform/clock';
import { lowestIdAt } from '@/server/platform/ids';
import type { Range } from './schema';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
/** IDs are generated just before the row's timestamp, possibly on another machine's clock. */
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
  /** No task created in the range has a lower ID. */
  lowestId: string;
  /** The start of each bucket, oldest first; the last one is still running. */
  buckets: Date[];
}

/** Whole hours or days in UTC, including the current one. */
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
