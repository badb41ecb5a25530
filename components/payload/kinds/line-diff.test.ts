import { expect, test } from 'vitest';
import { lineDiff } from './line-diff';

const shown = (before: string, after: string) =>
  lineDiff(before, after).map(({ kind, text }) => `${kind[0]} ${text}`);

test('only what changed is told as changed, in order', () => {
  expect(shown('a\nb\nc', 'a\nx\nc')).toEqual(['s a', 'r b', 'a x', 's c']);
  expect(shown('same', 'same')).toEqual(['s same']);
});

test('each side can be read back from the comparison', () => {
  const before = 'one\ntwo\nthree\ntwo';
  const after = 'two\nthree\nfour';
  const lines = lineDiff(before, after);
  const side = (kind: string) =>
    lines
      .filter((line) => line.kind !== kind)
      .map((line) => line.text)
      .join('\n');
  expect(side('added')).toBe(before);
  expect(side('removed')).toBe(after);
});

test('two long texts are compared in bounded time', () => {
  const many = Array.from({ length: 20_000 }, (_, index) => `line ${index}`).join('\n');
  const started = performance.now();
  expect(lineDiff(many, `${many}!`)).toHaveLength(40_000);
  expect(performance.now() - started).toBeLessThan(1_000);
});
