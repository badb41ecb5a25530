import { expect, it } from 'vitest';
import { optionsOf } from './option-words';

const schema = {
  enum: ['a', 'b', null],
  'x-enum-titles': ['Ay', 'Bee', 'None'],
  'x-enum-descriptions': ['The first', '', 'Neither'],
};

it('a description stays with its option, in whichever order the form offers them', () => {
  const enumOptions = [
    { value: null, label: 'None' },
    { value: 'a', label: 'A!' },
  ];
  expect(optionsOf({ schema: schema as never, options: { enumOptions } as never })).toEqual([
    { value: null, label: 'None', about: 'Neither' },
    { value: 'a', label: 'A!', about: 'The first' },
  ]);
});

it('a list offers the choices of its items', () => {
  const list = { type: 'array', items: schema };
  expect(
    optionsOf({ schema: list as never, options: {} as never }).map(({ label }) => label),
  ).toEqual(['Ay', 'Bee', 'None']);
});
