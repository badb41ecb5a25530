import { expect, it } from 'vitest';
import { isEmptyList } from './query-card';

it('knows an empty list, and an empty page of a list', () => {
  expect(isEmptyList([])).toBe(true);
  expect(isEmptyList({ data: [] })).toBe(true);
});

it('takes nothing for empty that has rows, is no list or is still loading', () => {
  expect(isEmptyList([1])).toBe(false);
  expect(isEmptyList({ data: [1] })).toBe(false);
  expect(isEmptyList({ months: [] })).toBe(false);
  expect(isEmptyList(undefined)).toBe(false);
});
