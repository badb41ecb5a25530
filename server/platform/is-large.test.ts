import { describe, expect, it } from 'vitest';
import { isLarge, LARGE_CHARACTERS } from './is-large';

describe('a value is large', () => {
  it.each([
    ['a long text', 'a'.repeat(LARGE_CHARACTERS), true],
    ['many short texts', { items: Array.from({ length: 5_000 }, () => 'abc') }, true],
    ['many items of nothing', Array.from({ length: LARGE_CHARACTERS }, () => null), true],
    ['long keys', { ['k'.repeat(LARGE_CHARACTERS)]: 1 }, true],
    ['what people answer', { verdict: 'genuine', notes: 'a'.repeat(500), boxes: [1, 2] }, false],
    ['nothing', null, false],
    ['left out', undefined, false],
  ])('or not: %s', (_, value, expected) => {
    expect(isLarge(value)).toBe(expected);
  });
});
