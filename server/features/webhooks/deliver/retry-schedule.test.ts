import { describe, expect, it } from 'vitest';
import { nextDelayMs, parseRetryAfterMs, TRIES_MAX } from './retry-schedule';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

describe('the retry schedule', () => {
  it('is the published one', () => {
    const delays = Array.from({ length: TRIES_MAX }, (_, n) => nextDelayMs(n + 1, null, 0));
    expect(delays).toEqual([
      5_000,
      5 * MINUTE,
      30 * MINUTE,
      2 * HOUR,
      5 * HOUR,
      10 * HOUR,
      14 * HOUR,
      20 * HOUR,
      24 * HOUR,
      null,
    ]);
  });

  it('adds up to a tenth, and never takes away', () => {
    expect(nextDelayMs(2, null, 0.999_999)).toBeLessThanOrEqual(5.5 * MINUTE);
    expect(nextDelayMs(2, null, 0.5)).toBe(5.25 * MINUTE);
  });

  it('waits as long as the receiver asks for, up to a day', () => {
    expect(nextDelayMs(1, 90_000, 0)).toBe(90_000);
    expect(nextDelayMs(1, 1_000, 0)).toBe(5_000);
    expect(nextDelayMs(1, 1_000 * HOUR, 0)).toBe(24 * HOUR);
    expect(nextDelayMs(TRIES_MAX, 1_000, 0)).toBeNull();
  });
});

describe('Retry-After', () => {
  const nowMs = Date.UTC(2026, 0, 14, 12);

  it.each([
    ['seconds', '120', 120_000],
    ['an HTTP date', 'Wed, 14 Jan 2026 12:01:00 GMT', 60_000],
    ['a date that is past', 'Wed, 14 Jan 2026 11:00:00 GMT', null],
    ['nothing readable', 'soon', null],
    ['zero', '0', null],
    ['no header', undefined, null],
  ])('%s', (_name, header, delayMs) => {
    expect(parseRetryAfterMs(header, nowMs)).toBe(delayMs);
  });
});
