import { describe, expect, it } from 'vitest';
import { readJson } from './read-json';

describe('an answer written as JSON', () => {
  it('is read as it stands', () => {
    const text = '{"a": [1, -0.5, 1e5, 9007199254740991, 2000000.13, 1.0], "b": "x"}';
    expect(readJson(text)).toEqual({ value: JSON.parse(text) });
    expect(readJson(' ')).toEqual({ value: undefined });
    expect(readJson('{a: 1}')).toEqual({ wrong: expect.stringMatching(/not JSON yet/) });
  });

  it('is refused, with its place, where a number would be changed', () => {
    for (const [text, words] of [
      ['1234567890123456789', /^Line 1, 1234567890123456789: .*too large/],
      ['{\n "a": [1,\n  -9007199254740993]}', /^Line 3, -9007199254740993: .*too large/],
      ['[0.12345678901234567890]', /more digits than can be kept/],
      ['[1e400]', /too large/],
    ] as const) {
      expect(readJson(text)).toEqual({ wrong: expect.stringMatching(words) });
    }
  });

  it('keeps texts that hold digits, whatever their quotes', () => {
    const text = '{"1234567890123456789": "say \\"1234567890123456789\\" \\\\", "b": 1}';
    expect(readJson(text)).toEqual({ value: JSON.parse(text) });
  });
});
