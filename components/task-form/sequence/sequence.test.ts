import { expect, it } from 'vitest';
import { inserted, moved, without } from './sequence';

it('an entry moves to the place it is dropped at, and the others keep their order', () => {
  const list = ['a', 'b', 'c', 'd'];
  expect(moved(list, 0, 3)).toEqual(['b', 'c', 'a', 'd']);
  expect(moved(list, 0, 4)).toEqual(['b', 'c', 'd', 'a']);
  expect(moved(list, 3, 0)).toEqual(['d', 'a', 'b', 'c']);
  expect(moved(list, 2, 1)).toEqual(['a', 'c', 'b', 'd']);
  for (const before of [1, 2]) expect(moved(list, 1, before)).toEqual(list);
});

it('entries are put in and taken out by place, so that repeats are told apart', () => {
  expect(inserted(['a', 'a'], 'b', 1)).toEqual(['a', 'b', 'a']);
  expect(inserted(['a'], 'a', 1)).toEqual(['a', 'a']);
  expect(without(['a', 'b', 'a'], 2)).toEqual(['a', 'b']);
});
