import { InvalidRequest } from '@/server/platform/errors';
import type { UsagePeriod } from './schema';

const DAY_MS = 86_400_000;
/** Larger tables are of no use, and expensive. */
const BUCKETS_MAX = 400;

interface Bucket {
  /** The start of the full bucket, as the database names it: `YYYY-MM-DD`. */
  key: string;
  startDate: string;
  endDate: string;
}

export interface UsageRange {
  startDate: string;
  endDate: string;
  /** Inclusive start and exclusive end. */
  startsAt: Date;
  endsBefore: Date;
  buckets: Bucket[];
}

function dateOf(ms: number): string {
  return new Date(ms).toISOString().slice(0, 10);
}

/** The start of an instant's bucket, like Postgres' `date_trunc`. */
function bucketStart(ms: number, period: UsagePeriod): number {
  const day = Math.floor(ms / DAY_MS) * DAY_MS;
  const date = new Date(day);
  switch (period) {
    case 'day':
      return day;
    case 'week':
      return day - ((date.getUTCDay() + 6) % 7) * DAY_MS;
    case 'month':
      return Date.UTC(date.getUTCFullYear(), date.getUTCMonth(), 1);
  }
}

/** The first day of the day, week or month that contains a day, both `YYYY-MM-DD`. */
export function firstDayOf(period: UsagePeriod, day: string): string {
  return dateOf(bucketStart(Date.parse(day), period));
}

function nextBucket(startMs: number, period: UsagePeriod): number {
  const date = new Date(startMs);
  if (period === 'month') return Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + 1, 1);
  return startMs + (period === 'week' ? 7 : 1) * DAY_MS;
}

function defaultStart(endMs: number, period: UsagePeriod): number {
  const end = new Date(bucketStart(endMs, period));
  if (period === 'month') return Date.UTC(end.getUTCFullYear(), end.getUTCMonth() - 11, 1);
  return end.getTime() - (period === 'week' ? 11 * 7 : 29) * DAY_MS;
}

/**
 * The requested days and buckets, in UTC.
 * @throws InvalidRequest 400 if the start is after the end, or there are too many buckets.
 */
export function usageRange(
  query: { period: UsagePeriod; start_date?: string | undefined; end_date?: string | undefined },
  nowMs: number,
): UsageRange {
  const { period } = query;
  const endMs = query.end_date ? Date.parse(query.end_date) : bucketStart(nowMs, 'day');
  const startMs = query.start_date ? Date.parse(query.start_date) : defaultStart(endMs, period);
  if (startMs > endMs) {
    throw fault(
      'start_date',
      `start_date (${dateOf(startMs)}) is after end_date (${dateOf(endMs)}).`,
    );
  }
  const buckets: Bucket[] = [];
  for (let at = bucketStart(startMs, period); at <= endMs; at = nextBucket(at, period)) {
    if (buckets.length === BUCKETS_MAX) {
      throw fault(
        'start_date',
        `The dates span more than ${BUCKETS_MAX} of the period "${period}"; choose a longer period or fewer days.`,
      );
    }
    buckets.push({
      key: dateOf(at),
      startDate: dateOf(Math.max(at, startMs)),
      endDate: dateOf(Math.min(nextBucket(at, period) - DAY_MS, endMs)),
    });
  }
  return {
    startDate: dateOf(startMs),
    endDate: dateOf(endMs),
    startsAt: new Date(startMs),
    endsBefore: new Date(endMs + DAY_MS),
    buckets,
  };
}

function fault(param: string, message: string): InvalidRequest {
  return InvalidRequest.fromFaults([{ param, code: 'invalid_field', message }]);
}
