import { describe, expect, it } from 'vitest';
import { unstorableFaults } from './storable';

const params = (value: unknown) => unstorableFaults(value).map((fault) => fault.param);

describe('what cannot be kept', () => {
  it('is found wherever it stands, by its place', () => {
    const value = {
      a: 'x\0',
      b: [1, { c: '\ud800' }],
      d: { 'k\0': 'fine' },
      e: Number.POSITIVE_INFINITY,
      f: { '\udfff': 1 },
    };
    expect(params(value)).toEqual(['a', 'b.1.c', 'd.k\\u0000', 'e', 'f.\ufffd']);
  });

  it('is told with what to do, and never carried into the answer', () => {
    const faults = unstorableFaults({ 'k\0': '\0', b: '\ud800' });
    expect(faults.map(({ message }) => message)).toEqual([
      'k\\u0000 is a name that holds the character U+0000, which cannot be kept; leave it out.',
      'k\\u0000 holds the character U+0000, which cannot be kept; leave it out.',
      'b holds half of a surrogate pair, which is no character; leave it out.',
    ]);
    expect(unstorableFaults(faults)).toEqual([]);
  });

  it('is listed at most twenty times', () => {
    expect(unstorableFaults(Array.from({ length: 500 }, () => '\0'))).toHaveLength(20);
  });
});

it('whole characters, numbers and what is no JSON pass', () => {
  const value = { a: '👩‍🏫 é', b: [0, -1.5, 1e308, null, true], c: new Date(), d: undefined };
  expect(unstorableFaults(value)).toEqual([]);
});
