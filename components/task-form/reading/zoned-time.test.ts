import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  boxTextOf,
  isLocalZone,
  localZone,
  textOfTime,
  withLocalZone,
  withZonedDefaults,
  ZONELESS_DEFAULT,
  zonedTimeOf,
  zoneWords,
} from './zoned-time';

const before = process.env.TZ;
beforeAll(() => {
  process.env.TZ = 'Europe/Berlin';
});
afterAll(() => {
  process.env.TZ = before;
});

const time = (text: string) => {
  const read = zonedTimeOf(text);
  if (!read) throw new Error(`${text} was not read`);
  return read;
};

describe('a date or a time', () => {
  it.each([
    '2024-05-03T16:05:00+05:30',
    '2024-05-03T16:05:00Z',
    '2024-05-03T16:05:07.123456Z',
    '2024-05-03T16:05:00-00:00',
    '09:30:00+02:00',
    '09:30:15.5Z',
  ])('%s is written again as it was', (text) => {
    expect(textOfTime(time(text))).toBe(text);
  });

  it('shows in a box to the second only where it has seconds', () => {
    expect(boxTextOf(time('2024-05-03T16:05:00+05:30'), 'moment')).toBe('2024-05-03T16:05');
    expect(boxTextOf(time('2024-05-03 16:05:07.25Z'), 'moment')).toBe('2024-05-03T16:05:07');
    expect(boxTextOf(time('09:30:00+02:00'), 'time')).toBe('09:30');
    expect(boxTextOf(time('2024-05-03T16:05:00Z'), 'time')).toBe('');
    expect(zonedTimeOf('tomorrow')).toBeNull();
  });

  it('has the worker’s own zone as it is on its day', () => {
    expect(localZone(time('2024-01-15T12:00'))).toBe('+01:00');
    expect(localZone(time('2024-07-15T12:00'))).toBe('+02:00');
    expect(localZone(time('2024-03-31T02:30'))).toBeNull();
    expect(isLocalZone(time('2024-07-15T12:00:00+02:00'))).toBe(true);
    expect(isLocalZone(time('2024-07-15T12:00:00Z'))).toBe(false);
  });

  it('says its zone in words', () => {
    expect(['Z', '+00:00', '+02:00', '-0330', '+09'].map(zoneWords)).toEqual([
      'UTC',
      'UTC',
      'UTC+02:00',
      'UTC-03:30',
      'UTC+09:00',
    ]);
  });
});

describe('a time without a zone', () => {
  it('is read as local where the format asks for a zone, and left alone elsewhere', () => {
    expect(withLocalZone('2024-07-03T16:05:00', 'date-time')).toBe('2024-07-03T16:05:00+02:00');
    expect(withLocalZone('09:30', 'time')).toMatch(/^09:30:00\+0[12]:00$/);
    for (const [value, format] of [
      ['2024-07-03T16:05:00', 'iso-date-time'],
      ['2024-07-03T16:05:00Z', 'date-time'],
      ['2024-07-03T16:05:00', 'time'],
      ['2024-07-03', 'date-time'],
      [undefined, 'date-time'],
    ]) {
      expect(withLocalZone(value, format)).toBe(value);
    }
  });

  it('as a default is given its zone wherever it stands, and marked', () => {
    const at = { type: 'string', format: 'date-time', default: '2024-07-03T16:05:00' };
    const zoned = { ...at, default: '2024-07-03T16:05:00+02:00', [ZONELESS_DEFAULT]: true };
    const other = { type: 'string', format: 'date-time', default: '2024-07-03T16:05:00Z' };
    const schema = (part: object) => ({
      properties: { list: { items: part }, other },
      anyOf: [part],
      examples: [at],
    });
    expect(withZonedDefaults(schema(at))).toEqual(schema(zoned));
  });
});
