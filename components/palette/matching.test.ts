import { expect, it } from 'vitest';
import { matching } from './matching';

const ITEMS = [
  { label: 'Overview' },
  { label: 'Create a task', words: 'new send' },
  { label: 'Tasks' },
];

it('finds what holds every word of the query, in whatever order, and by other names', () => {
  expect(matching(ITEMS, 'task create')).toEqual([ITEMS[1]]);
  expect(matching(ITEMS, 'SEND')).toEqual([ITEMS[1]]);
  expect(matching(ITEMS, 'nothing')).toEqual([]);
});

it('puts what begins with the query first, and shows everything to who has not typed', () => {
  expect(matching(ITEMS, 'task')).toEqual([ITEMS[2], ITEMS[1]]);
  expect(matching(ITEMS, ' ')).toEqual(ITEMS);
});
