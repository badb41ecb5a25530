import { describe, expect, test } from 'vitest';
import { parseDuration, parseInstant } from './duration';
import { encodeUlid, newUlid, parseIdSeed, seededUlid, uuidOf } from './ids';
import { matchIndex, matchValueAt } from './matching';
import { coversEvent } from './registry';
import { retryAfterMs, retryDelayMs } from './retry';

describe('ids', () => {
  test('a ULID holds its time and its bytes', () => {
    expect(encodeUlid(0, new Uint8Array(10))).toBe('0'.repeat(26));
    expect(encodeUlid(281_474_976_710_655, new Uint8Array(10).fill(255))).toBe(
      `7${'Z'.repeat(25)}`,
    );
  });

  test('the same seed makes the same ids, another place another one', () => {
    const seed = parseIdSeed('1795455349688,AAECAwQFBgcICQ==');
    if (!seed) throw new Error('the seed is usable');
    expect(seededUlid(seed, 0)).toBe(seededUlid(seed, 0));
    const ids = Array.from({ length: 300 }, (_, index) => seededUlid(seed, index));
    expect(new Set(ids).size).toBe(300);
    // Bytes 6 to 9 count from one: 0x06070809 + 1.
    const entropy = Buffer.from([0, 1, 2, 3, 4, 5, 6, 7, 8, 10]);
    expect(ids[0]).toBe(encodeUlid(1_795_455_349_688, entropy));
  });

  test.each([undefined, '', 'x', '1,AAEC', 'abc,AAECAwQFBgcICQ=='])('%j is no seed', (header) => {
    expect(parseIdSeed(header)).toBeUndefined();
  });

  test('new ids of one millisecond keep their order', () => {
    const ids = Array.from({ length: 1_000 }, () => newUlid(1_000));
    expect([...ids].sort()).toEqual(ids);
  });

  test('a function has one UUID for ever', () => {
    expect(uuidOf('app-fn')).toMatch(
      /^[0-9a-f]{8}-[0-9a-f]{4}-5[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/,
    );
    expect(uuidOf('app-fn')).toBe(uuidOf('app-fn'));
  });
});

describe('times', () => {
  test.each([
    ['10s', 10_000],
    ['1d12h', 129_600_000],
    ['1.5m', 90_000],
    ['250ms', 250],
    ['2w', 1_209_600_000],
  ])('%s', (text, ms) => {
    expect(parseDuration(text)).toBe(ms);
  });

  test.each(['', '10', 's', '-5s', '10 s', '5y'])('%j is no duration', (text) => {
    expect(parseDuration(text)).toBeUndefined();
  });

  test('an instant is never before now, and what the SDK could not read is now', () => {
    expect(parseInstant('2020-01-01T00:00:00Z', 5_000)).toBe(Date.UTC(2020, 0, 1));
    expect(parseInstant('1969-01-01T00:00:00Z', 5_000)).toBe(5_000);
    expect(parseInstant('', 5_000)).toBe(5_000);
    expect(parseInstant('tomorrow', 5_000)).toBeUndefined();
  });

  test('attempts wait as the real server lets them, with up to 30 s of jitter', () => {
    for (const [attempt, seconds] of [
      15, 30, 60, 120, 300, 600, 1_200, 2_400, 3_600, 7_200, 7_200,
    ].entries()) {
      const delay = retryDelayMs(attempt, undefined);
      expect(delay).toBeGreaterThanOrEqual(seconds * 1_000);
      expect(delay).toBeLessThan((seconds + 30) * 1_000);
    }
    expect(retryDelayMs(5, 1_000)).toBe(1_000);
  });

  test.each([
    ['90', 90_000],
    ['0', 1_000],
    ['999999999', 86_400_000],
    ['1970-01-01T00:01:00Z', 50_000],
    ['nonsense', undefined],
    [undefined, undefined],
  ])('retry-after %j', (header, ms) => {
    expect(retryAfterMs(header, 10_000)).toBe(ms);
  });
});

describe('waiting runs are found by the value they wait for', () => {
  const own = { data: { id: 7, name: 'x', nested: { a: 1 } } };

  test.each([
    ['event.data.id == async.data.id', 'data.id', '7'],
    ['async.data.ref == event.data.name', 'data.ref', '"x"'],
    ['event.data.missing == async.data.id', 'data.id', 'null'],
  ])('%s', (source, matchPath, matchValue) => {
    expect(matchIndex(source, own)).toEqual({ matchPath, matchValue });
  });

  test.each([
    'async.data.id == event.data.id && async.data.ok == true',
    'event.data.id == event.data.id',
    'event.data.nested == async.data.nested',
    'async.data.id == 7',
    null,
  ])('%s is evaluated instead', (source) => {
    expect(matchIndex(source, own)).toEqual({ matchPath: '', matchValue: '' });
  });

  test('an arriving event offers its scalar, or nothing', () => {
    expect(matchValueAt({ data: { id: 7 } }, 'data.id')).toBe('7');
    expect(matchValueAt({ data: {} }, 'data.id')).toBe('null');
    expect(matchValueAt({ data: { id: [] } }, 'data.id')).toBeUndefined();
    expect(matchValueAt(null, '')).toBe('');
  });
});

test('a star covers only what follows a slash or a dot', () => {
  expect(coversEvent('a/*', 'a/b')).toBe(true);
  expect(coversEvent('a/b.*', 'a/b.c')).toBe(true);
  expect(coversEvent('a/b*', 'a/bc')).toBe(false);
  expect(coversEvent('a/b*', 'a/b*')).toBe(true);
});
