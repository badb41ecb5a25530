import { expect, it } from 'vitest';
import { rowAfter } from './use-list-keys';

it('starts at the first row and stays within the list', () => {
  expect(rowAfter(-1, 1, 3)).toBe(0);
  expect(rowAfter(0, 1, 3)).toBe(1);
  expect(rowAfter(2, 1, 3)).toBe(2);
  expect(rowAfter(0, -1, 3)).toBe(0);
});
