import { describe, expect, it } from 'vitest';
import { combined, one } from '../../fixtures/combined';
import type { Json, JsonObject } from '../../stage';
import { fieldsOf } from '../fields';
import { textSimilarity } from '../text-similarity';
import { combineRankings, kendallTau } from './ranking';
import { combineTranscripts, wordSimilarity } from './transcript';

const equal = <T>(values: readonly T[]) => values.map((value) => ({ value, weight: 1 }));
const kindOf = (field: JsonObject) => fieldsOf(one(field))[0]?.kind;

describe('the kind of a field', () => {
  it.each<[string, JsonObject, string]>([
    ['a set', { type: 'array', uniqueItems: true, items: { enum: ['a', 'b'] } }, 'items'],
    ['choices in an order', { type: 'array', items: { enum: ['a', 'b'] } }, 'ranking'],
    ['words in an order', { type: 'array', items: { type: 'string' } }, 'ranking'],
    [
      'a set said to be a ranking',
      { type: 'array', uniqueItems: true, $ui: 'ranking', items: { enum: ['a', 'b'] } },
      'ranking',
    ],
    ['a transcript', { type: 'string', $ui: 'transcript' }, 'transcript'],
    ['a text', { type: 'string' }, 'text'],
  ])('%s', (_, field, kind) => {
    expect(kindOf(field)).toBe(kind);
  });

  it('is regions where objects have a place or a key', () => {
    const numbers = (...names: string[]) => ({
      type: 'array',
      items: {
        type: 'object',
        required: names,
        properties: Object.fromEntries(names.map((name) => [name, { type: 'number' }])),
      },
    });
    for (const names of [
      ['x', 'y', 'width', 'height'],
      ['x1', 'y1', 'x2', 'y2'],
      ['left', 'top', 'right', 'bottom'],
      ['start', 'end'],
      ['id', 'amount'],
    ]) {
      expect(kindOf(numbers(...names))).toBe('regions');
    }
    expect(kindOf(numbers('a', 'b'))).toBe('opaque');
  });
});

describe('a ranking', () => {
  const RANKING = { type: 'array', items: { enum: ['a', 'b', 'c', 'd'] } };

  it('has Kendall’s τ as its agreement', () => {
    expect(kendallTau(['a', 'b', 'c'], ['a', 'b', 'c'])).toBe(1);
    expect(kendallTau(['a', 'b', 'c'], ['c', 'b', 'a'])).toBe(-1);
    // Five of six pairs are in the same order.
    expect(kendallTau(['a', 'b', 'c', 'd'], ['b', 'a', 'c', 'd'])).toBeCloseTo(4 / 6, 12);
    expect(kendallTau(['a'], ['b'])).toBe(-1);
    const { fields } = combined(RANKING, [
      ['a', 'b'],
      ['a', 'b'],
      ['b', 'a'],
    ]);
    expect(fields[0]?.agreement).toBeCloseTo(-1 / 3, 12);
    expect(combined(RANKING, [['a']]).fields[0]).not.toHaveProperty('agreement');
  });

  it('is Borda’s order, which may be nobody’s', () => {
    const votes = [
      ['a', 'b', 'c', 'd'],
      ['b', 'a', 'd', 'c'],
      ['a', 'c', 'b', 'd'],
    ];
    expect(combineRankings(equal(votes))).toEqual(['a', 'b', 'c', 'd']);
    const { output, fields, confidence } = combined(RANKING, votes);
    expect(output).toEqual({ x: ['a', 'b', 'c', 'd'] });
    expect(fields[0]?.agreement).toBeCloseTo((2 / 6 + 4 / 6 + 0) / 3, 12);
    expect(confidence).toBeGreaterThan(0);
  });

  it('breaks ties as the fewest votes contradict', () => {
    // Two rank b before c, one c before b, with equal points.
    const votes = [
      ['b', 'c', 'a'],
      ['b', 'c', 'a'],
      ['c', 'a', 'b'],
      ['a', 'c', 'b'],
    ];
    const order = combineRankings(equal(votes));
    const points = { a: 0 + 0 + 1 + 2, b: 2 + 2 + 0 + 0, c: 1 + 1 + 2 + 1 };
    expect(points).toEqual({ a: 3, b: 4, c: 5 });
    expect(order).toEqual(['c', 'b', 'a']);
    const tied = combineRankings([
      { value: ['x', 'y'], weight: 2 },
      { value: ['y', 'x'], weight: 2 },
    ]);
    expect(tied).toEqual(['x', 'y']);
    const cycle = combineRankings(
      equal([
        ['a', 'b', 'c'],
        ['b', 'c', 'a'],
        ['c', 'a', 'b'],
      ]),
    );
    expect([...cycle].sort()).toEqual(['a', 'b', 'c']);
  });

  it('is as long as most lists are', () => {
    expect(
      combineRankings(
        equal([
          ['a', 'b'],
          ['a', 'c'],
          ['a', 'b', 'c'],
        ]),
      ),
    ).toEqual(['a', 'b']);
  });

  it('follows whoever golds speak for', () => {
    const votes = [
      ['a', 'b', 'c', 'd'],
      ['d', 'c', 'b', 'a'],
    ];
    const good = { golds: 40, accuracy: 0.95 };
    const bad = { golds: 40, accuracy: 0.1 };
    const { output } = combined(RANKING, votes, { evidence: { w0: bad, w1: good } });
    expect(output).toEqual({ x: votes[1] });
  });

  it('that the schema refuses is left for a voter’s own', () => {
    const votes = [
      ['a', 'b', 'c', 'd'],
      ['b', 'a', 'd', 'c'],
      ['a', 'c', 'b', 'd'],
    ];
    const valid = (output: Json) => JSON.stringify(output) !== '{"x":["a","b","c","d"]}';
    const { output, source } = combined(RANKING, votes.slice(1), { valid });
    expect(source).toBe('voter');
    expect(votes).toContainEqual((output as JsonObject).x);
  });
});

describe('a transcript', () => {
  it('is put together word by word', () => {
    const heard = [
      'The quick brown fox jumps over a lazy dog.',
      'The quick brown box jumps over the lazy dog.',
      'A quick brown fox jump over the lazy dog.',
    ];
    expect(combineTranscripts(equal(heard))).toBe('The quick brown fox jumps over the lazy dog.');
    const { output } = combined({ type: 'string', $ui: 'transcript' }, heard);
    expect(output).toEqual({ x: 'The quick brown fox jumps over the lazy dog.' });
  });

  it('leaves out what one alone heard, and keeps what one alone missed', () => {
    const heard = ['we met on um Monday', 'we met on Monday', 'we on Monday'];
    expect(combineTranscripts(equal(heard))).toBe('we met on Monday');
  });

  it('counts no case and no punctuation', () => {
    expect(wordSimilarity('Hello, World!', 'hello world')).toBe(1);
    expect(wordSimilarity('one two three four', 'one two four')).toBe(0.75);
    expect(wordSimilarity('', '')).toBe(1);
  });
});

describe('free texts', () => {
  it.each([
    ['The seal is broken.', 'The seal is not broken.'],
    ["It isn't the same person.", 'It is the same person.'],
    ['Die Rechnung ist bezahlt.', 'Die Rechnung ist nicht bezahlt.'],
    ['He owes 100 dollars to them.', 'He owes 900 dollars to them.'],
  ])('%s and %s say different things', (a, b) => {
    expect(textSimilarity(a, b)).toBeLessThan(0.8);
  });

  it('that both say no may agree', () => {
    expect(textSimilarity('The seal is not broken.', 'The seal is not broken!')).toBe(1);
    expect(textSimilarity("It isn't broken at all.", 'It is not broken at all.')).toBeGreaterThan(
      0.8,
    );
  });
});
