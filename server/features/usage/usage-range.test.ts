import { describe, expect, it } from 'vitest';
import type { InvalidRequest } from '@/server/platform/errors';
import { usageRange } from './usage-range';

const NOW = Date.parse('2026-03-11T15:30:00Z'); // a Wednesday

describe('the range of a usage query', () => {
  it('is the last 30 days, 12 weeks or 12 months where nothing is said', () => {
    expect(usageRange({ period: 'day' }, NOW)).toMatchObject({
      startDate: '2026-02-10',
      endDate: '2026-03-11',
    });
    expect(usageRange({ period: 'day' }, NOW).buckets).toHaveLength(30);
    expect(usageRange({ period: 'week' }, NOW).buckets).toHaveLength(12);
    expect(usageRange({ period: 'month' }, NOW)).toMatchObject({
      startDate: '2025-04-01',
      endDate: '2026-03-11',
    });
    expect(usageRange({ period: 'month' }, NOW).buckets).toHaveLength(12);
  });

  it('includes its last day wholly, and nothing of the next', () => {
    const range = usageRange(
      { period: 'day', start_date: '2026-03-01', end_date: '2026-03-01' },
      NOW,
    );
    expect(range.startsAt.toISOString()).toBe('2026-03-01T00:00:00.000Z');
    expect(range.endsBefore.toISOString()).toBe('2026-03-02T00:00:00.000Z');
    expect(range.buckets).toEqual([
      { key: '2026-03-01', startDate: '2026-03-01', endDate: '2026-03-01' },
    ]);
  });

  it('cuts the first and last bucket to the days asked for, weeks from Monday', () => {
    const { buckets } = usageRange(
      { period: 'week', start_date: '2026-03-04', end_date: '2026-03-16' },
      NOW,
    );
    expect(buckets).toEqual([
      { key: '2026-03-02', startDate: '2026-03-04', endDate: '2026-03-08' },
      { key: '2026-03-09', startDate: '2026-03-09', endDate: '2026-03-15' },
      { key: '2026-03-16', startDate: '2026-03-16', endDate: '2026-03-16' },
    ]);
  });

  it('knows how long months are', () => {
    const { buckets } = usageRange(
      { period: 'month', start_date: '2024-01-31', end_date: '2024-03-01' },
      NOW,
    );
    expect(buckets.map(({ endDate }) => endDate)).toEqual([
      '2024-01-31',
      '2024-02-29',
      '2024-03-01',
    ]);
  });

  it.each([
    ['a start after the end', '2026-03-02', '2026-03-01'],
    ['more days than a table can show', '1970-01-01', '2026-03-01'],
  ])('refuses %s by the name of the field', (_case, start_date, end_date) => {
    expect(() => usageRange({ period: 'day', start_date, end_date }, NOW)).toThrow(
      expect.objectContaining({ status: 400, param: 'start_date' }) as InvalidRequest,
    );
  });
});
