import { expect, it } from 'vitest';
import { changedTo } from './use-checked-form';

it('takes the value of a change, or of the input an event comes from', () => {
  expect(changedTo('a')).toBe('a');
  expect(changedTo(7)).toBe(7);
  expect(changedTo(null)).toBeNull();
  expect(changedTo(['a'])).toEqual(['a']);
  expect(changedTo({ currentTarget: { value: 'typed' } })).toBe('typed');
});
