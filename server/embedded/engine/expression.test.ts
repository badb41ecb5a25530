import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { compileExpression, InvalidExpression } from './expression';

const golden = JSON.parse(
  readFileSync(new URL('suite/expressions.golden.json', import.meta.url), 'utf8'),
) as { data: unknown; verdicts: [string, boolean | 'INVALID'][] };

const event = { name: 'a/x', id: 'id', ts: 1, user: {}, data: golden.data };

describe('an expression decides as the real server does', () => {
  test.each(golden.verdicts)('%s', (source, verdict) => {
    if (verdict === 'INVALID') {
      expect(() => compileExpression(source)).toThrow(InvalidExpression);
    } else {
      expect(compileExpression(source).matches({ event })).toBe(verdict);
    }
  });
});

test('all 61 measured expressions are here', () => {
  expect(golden.verdicts).toHaveLength(61);
});

test('a match between the awaited event and the own one reads both', () => {
  const match = compileExpression('event.data.id == async.data.id');
  expect(match.matches({ event: { data: { id: 7 } }, async: { data: { id: 7 } } })).toBe(true);
  expect(match.matches({ event: { data: { id: 7 } }, async: { data: { id: '7' } } })).toBe(false);
});

test.each(['event.data.(', 'nobody.knows', ''])('refuses %j', (source) => {
  expect(() => compileExpression(source)).toThrow(InvalidExpression);
});
