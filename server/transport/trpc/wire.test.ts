import { expect, test } from 'vitest';
import { wire } from './wire';

const travelled = (value: unknown) =>
  wire.deserialize(JSON.parse(JSON.stringify(wire.serialize(value))));

test('dates and absent values survive the way', () => {
  const value = { at: new Date(5), none: undefined, list: [null, 1n] };
  expect(travelled(value)).toEqual(value);
});

test('names that superjson refuses arrive under their own name, and change no prototype', () => {
  const value = JSON.parse(
    '{"__proto__": {"polluted": 1}, "a": [{"constructor": "c", "prototype": 2, "~constructor": 3}]}',
  );
  const back = travelled({ ...{ at: new Date(5) }, value }) as { at: Date; value: object };
  expect(back.at).toEqual(new Date(5));
  expect(JSON.stringify(back.value)).toBe(JSON.stringify(value));
  expect(({} as { polluted?: number }).polluted).toBeUndefined();
});
