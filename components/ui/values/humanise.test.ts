import { describe, expect, test } from 'vitest';
import { ago, clockText, duration, humanise, sats } from './humanise';

describe('what people read', () => {
  test('names of fields and options become words, and known abbreviations stay capitals', () => {
    expect(humanise('ai_generated')).toBe('AI generated');
    expect(humanise('isGenuine')).toBe('Is genuine');
    expect(humanise('content-review')).toBe('Content review');
  });

  test('one sat is singular, large amounts are grouped', () => {
    expect(sats(1)).toBe('1 sat');
    expect(sats(12_500n)).toBe('12,500 sats');
  });

  test('a countdown never shows less time than a second that still runs, nor a negative one', () => {
    expect(clockText(0.2)).toBe('0:01');
    expect(clockText(-3)).toBe('0:00');
    expect(clockText(7_300)).toBe('2:01:40');
  });

  test('durations and ages use the units that matter', () => {
    expect(duration(75)).toBe('1 min 15 s');
    expect(duration(7_300)).toBe('2 h 1 min');
    expect(ago(new Date(0), 3 * 86_400_000)).toBe('3 d ago');
    expect(ago(new Date(1_000), 0)).toBe('just now');
  });
});
