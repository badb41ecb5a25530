import { describe, expect, it } from 'vitest';
import { Instant, wholeNumber } from './query-fields';

describe('a whole number', () => {
  const limit = wholeNumber(1, 100);
  it.each([
    ['1', 1],
    ['100', 100],
    ['007', 7],
    [20, 20],
  ])('%s is %s', (given, number) => {
    expect(limit.parse(given)).toBe(number);
  });
  it.each(['0', '101', '1.5', '1e1', '0x10', ' 10', '', 'ten', '-1', null, true, ['5']])(
    '%j is none',
    (given) => {
      expect(limit.safeParse(given).success).toBe(false);
    },
  );
});

describe('an instant', () => {
  it.each([
    ['2026-01-31', '2026-01-31T00:00:00.000Z'],
    ['2026-01-31T12:30:00Z', '2026-01-31T12:30:00.000Z'],
    ['2026-01-31T12:30:00.123456+00:00', '2026-01-31T12:30:00.123Z'],
    ['2026-01-31T12:30+02:00', '2026-01-31T10:30:00.000Z'],
    ['2026-01-31 12:30:00', '2026-01-31T12:30:00.000Z'],
    ['1769862600', '2026-01-31T12:30:00.000Z'],
  ])('%s is %s', (given, iso) => {
    expect(Instant.parse(given).toISOString()).toBe(iso);
  });
  it.each([
    'yesterday',
    '1',
    '2026-02-30',
    '2026-02-30T00:00:00Z',
    '2026-13-01',
    '2026-01-31T25:00Z',
    '0000-01-01',
    '-271821-04-20T00:00:00Z',
    '+275760-09-13T00:00:00Z',
    '2026-01-31T12:30:00\0',
  ])('%j is none', (given) => {
    expect(Instant.safeParse(given).success).toBe(false);
  });
});
