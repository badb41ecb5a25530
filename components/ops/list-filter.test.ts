import { expect, it } from 'vitest';
import { ORGANIZATION_FIELDS } from './list-fields';
import { listFilterOf } from './list-filter';

const filterOf = (asked: Record<string, string | string[]>) =>
  listFilterOf(ORGANIZATION_FIELDS, (name) => asked[name]);

it('reads a list’s filter and page', () => {
  const after = '0198c5a0-0000-7000-8000-000000000000';
  expect(filterOf({ state: 'active', search: ' quagga ', after })).toEqual({
    state: 'active',
    search: 'quagga',
    after,
  });
});

it('leaves out what makes no sense, and how much is read at once', () => {
  const asked = { state: 'asleep', search: ['a', 'b'], after: 'x', limit: '7', colour: 'red' };
  expect(filterOf(asked)).toEqual({});
});
