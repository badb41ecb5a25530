import { expect, it } from 'vitest';
import { asDay, asId, asOneOf, asWords } from './address-values';

it('takes ids, and nothing that the server would refuse as one', () => {
  const id = '0198c5a0-0000-7000-8000-000000000000';
  expect(asId(id)).toBe(id);
  for (const value of ['x', `${id}0`, id.slice(1), id.replace('-', '')]) {
    expect(asId(value)).toBeUndefined();
  }
});

it('takes days that there are', () => {
  expect(asDay('2028-02-29')).toBe('2028-02-29');
  for (const value of ['2026-02-29', '2026-13-01', '2026-1-1', 'today', '2026-01-01T00:00']) {
    expect(asDay(value)).toBeUndefined();
  }
});

it('takes words without the space around them, up to a length', () => {
  expect(asWords(6)(' quagga ')).toBe('quagga');
  expect(asWords(5)('quagga')).toBeUndefined();
  expect(asWords(5)('   ')).toBeUndefined();
});

it('takes what is known', () => {
  const asState = asOneOf(['active', 'closed']);
  expect(asState('closed')).toBe('closed');
  expect(asState('asleep')).toBeUndefined();
});
