import { describe, expect, it } from 'vitest';
import { hasDecimalComma, readNumber, stepped } from './read-number';

const english = { isWhole: false, hasDecimalComma: false };
const german = { isWhole: false, hasDecimalComma: true };
const whole = { isWhole: true, hasDecimalComma: false };

describe('a number field reads an amount as it was meant', () => {
  it.each<[string, number]>([
    ['1.234,56', 1234.56],
    ['1,234.56', 1234.56],
    ['1 234,56', 1234.56],
    ['1\u00a0234,56', 1234.56],
    ['1\u202f234,56', 1234.56],
    ['1\u2009234.5', 1234.5],
    ['1’234.50', 1234.5],
    ["1'234'567", 1_234_567],
    ['1.234.567', 1_234_567],
    ['1,234,567', 1_234_567],
    ['12,34,567.89', 1_234_567.89],
    ['€ 19,90', 19.9],
    ['19,90 €', 19.9],
    ['US$5', 5],
    ['R$ 1.234,50', 1234.5],
    ['EUR 19.90', 19.9],
    ['19,90 EUR', 19.9],
    ['−5', -5],
    ['–5', -5],
    ['－５', -5],
    ['-€5', -5],
    ['€ −5', -5],
    ['+7', 7],
    ['1,5', 1.5],
    ['0,125', 0.125],
    ['1234,567', 1234.567],
    ['.5', 0.5],
    [',5', 0.5],
    ['12.', 12],
    ['007', 7],
    ['19.90', 19.9],
    ['1.50000', 1.5],
    ['١٢٫٥', 12.5],
    ['١٬٢٣٤٫٥', 1234.5],
    ['۱۲۳', 123],
    ['१२३', 123],
    ['１２．５', 12.5],
    ['𝟗𝟖', 98],
    ['1e5', 100_000],
    ['1E-7', 1e-7],
    ['1e+21', 1e21],
    ['\u200e-3\u200f', -3],
    ['-0', 0],
    ['2000000.13', 2_000_000.13],
    ['9007199254740991', Number.MAX_SAFE_INTEGER],
  ])('%s', (text, value) => {
    for (const field of [english, german]) expect(readNumber(text, field)).toEqual({ value });
  });

  it('and its own writing of every number', () => {
    for (const value of [1e-7, 5e-324, 1.7976931348623157e308, 0.1, 123456.789, -1e21, 12345]) {
      expect(readNumber(String(value), english)).toEqual({ value });
    }
  });

  it('an empty text is no answer', () => {
    expect(readNumber(' ', english)).toEqual({ value: undefined });
  });
});

describe('what it cannot read for certain it refuses in words', () => {
  it.each([
    ['12,5 kg', /without “kg”/],
    ['50%', /without “%”/],
    ['50 ％', /Give a number/],
    ['5 m²', /without “m²”/],
    ['5²', /Give a number/],
    ['½', /Give a number/],
    ['12 34', /Give a number/],
    ['1,23,4', /Give a number/],
    ['1.2.3', /Give a number/],
    ['1,234.5.6', /Give a number/],
    ["1 234'567", /Give a number/],
    ['--5', /Give a number/],
    ['5-', /Give a number/],
    ['(5)', /Give a number/],
    ['1-2', /Give a number/],
    ['€5 $', /Give a number/],
    ['0x10', /without “x”|Give a number/],
    ['NaN', /Give a number/],
    ['Infinity', /Give a number/],
    ['ABC 5', /without “ABC”/],
    [',', /Give a number/],
    ['1_000', /Give a number/],
    ['0'.repeat(100_000), /Give a number/],
    ['1234567890123456789', /more digits than can be kept/],
    ['0.12345678901234567890', /more digits/],
    ['1e400', /too large/],
    ['1e-400', /more digits/],
  ])('%s', (text, words) => {
    for (const field of [english, german]) {
      expect(readNumber(text, field)).toEqual({ wrong: expect.stringMatching(words) });
    }
  });

  it('a whole number beyond 2^53, even one that a float happens to hold', () => {
    for (const text of ['1234567890123456789', '9007199254740992', '-9007199254740993', '1e16']) {
      expect(readNumber(text, whole)).toEqual({ wrong: expect.stringMatching(/too large/) });
    }
  });

  it('one separator before three digits, which is a thousand to some and a decimal to others', () => {
    const words = '1,234 may mean two numbers. Write 1234 or 1.2340.';
    expect(readNumber('1,234', english)).toEqual({ wrong: words });
    expect(readNumber('1,234', whole)).toEqual({ wrong: words });
    expect(readNumber('1.234', german)).toEqual({ wrong: words.replace('1,234', '1.234') });
    expect(readNumber('1.2340', german)).toEqual({ value: 1.234 });
    // The page speaks English, and so does the browser.
    expect(readNumber('1.234', english)).toEqual({ value: 1.234 });
  });
});

it('knows which languages write a decimal comma', () => {
  expect(hasDecimalComma('de-DE')).toBe(true);
  expect(hasDecimalComma('en-US')).toBe(false);
});

it('steps by decimal arithmetic', () => {
  expect(stepped(0.1, 0.2, 1)).toBe(0.3);
  expect(stepped(19.99, 0.01, 1)).toBe(20);
  expect(stepped(5, 1, -1)).toBe(4);
  expect(stepped(1e-7, 1e-7, 2)).toBe(3e-7);
});
