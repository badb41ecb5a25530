import { expect, test } from 'vitest';
import { hintFor, hintsWithin, stretchesOf } from './payload-hints';

test('a hint is a word or says more, and nonsense in it changes nothing', () => {
  expect(hintFor({ a: 'code' }, 'a').as).toBe('code');
  expect(hintFor({ a: { as: 'text', label: 'Message', collapsed: true } }, 'a')).toMatchObject({
    as: 'text',
    label: 'Message',
    collapsed: true,
  });
  expect(hintFor({ a: { highlight: ['x', '', 3, { start: 4, end: 2 }] } }, 'a').highlight).toEqual([
    'x',
  ]);
  for (const hints of [null, 7, 'code', [], { a: null }]) {
    expect(hintFor(hints, 'a')).toEqual({ highlight: [], collapsed: false });
  }
  expect(hintFor({}, 'constructor').as).toBeUndefined();
});

test('a payload’s own hint for a field comes before its type’s', () => {
  const type = { a: 'code', b: 'hidden' };
  expect(hintsWithin({ a: 'markdown' }, type)).toEqual({ a: 'markdown', b: 'hidden' });
  for (const own of [undefined, null, 'x', []]) expect(hintsWithin(own, type)).toEqual(type);
  expect(hintsWithin(undefined)).toEqual({});
});

test('a highlighted text is the same text, cut where words stand or characters are counted', () => {
  const text = 'Refund please, a refund.';
  const stretches = stretchesOf(text, ['refund', { start: 7, end: 13, label: 'tone' }]);
  expect(stretches.map((each) => each.text).join('')).toBe(text);
  expect(stretches.filter((each) => each.marked).map((each) => each.text)).toEqual([
    'Refund',
    'please',
    'refund',
  ]);
  expect(stretches.find((each) => each.label)?.text).toBe('please');
});

test('overlapping and overlong highlights lose no character', () => {
  const text = 'abcdef';
  const stretches = stretchesOf(text, [{ start: 1, end: 4 }, { start: 2, end: 99 }, 'cd']);
  expect(stretches.map((each) => each.text)).toEqual(['a', 'bcd', 'ef']);
});

test('highlights count characters as people do, and find words whatever their case', () => {
  const marked = (text: string, highlight: Parameters<typeof stretchesOf>[1]) =>
    stretchesOf(text, highlight)
      .filter((each) => each.marked)
      .map((each) => each.text);
  expect(marked('Some text 🚀🚀 rocket', [{ start: 13, end: 19 }])).toEqual(['rocket']);
  expect(marked('🚀🚀', [{ start: 1, end: 2 }])).toEqual(['🚀']);
  // Lower case of İ is longer than İ.
  expect(marked('İİİ Rocket', ['rocket'])).toEqual(['Rocket']);
  expect(marked('a.c abc (x', ['a.c', '(x'])).toEqual(['a.c', '(x']);
});
