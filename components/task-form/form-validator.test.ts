import type { RJSFSchema } from '@rjsf/utils';
import { beforeAll, describe, expect, test } from 'vitest';
import { loadPatterns } from './check/patterns';
import { cleanAnswer } from './clean-answer';
import { errorSchemaOf, faultsOf, formValidator } from './form-validator';

beforeAll(loadPatterns);

const SCHEMA: RJSFSchema = {
  type: 'object',
  required: ['verdict'],
  properties: {
    verdict: { type: 'string', enum: ['genuine', 'uncertain'] },
    notes: { type: 'string', minLength: 10 },
    tags: { type: 'array', items: { type: 'object', required: ['name'] } },
  },
};

function faults(schema: RJSFSchema, value: unknown) {
  return faultsOf(schema, value).map(({ pointer, message }) => [pointer, message]);
}

describe('the check of an answer in the browser', () => {
  test('a fault stands at its field and says what to do', () => {
    expect(faults(SCHEMA, {})).toEqual([['/verdict', 'This is needed.']]);
    expect(faults(SCHEMA, { verdict: 'genuine', notes: 'short' })).toEqual([
      ['/notes', 'Write at least 10 characters.'],
    ]);
  });

  test('what somebody emptied again counts as left out', () => {
    expect(faults(SCHEMA, { verdict: undefined })).toEqual([['/verdict', 'This is needed.']]);
    expect(faults(SCHEMA, { verdict: 'genuine', notes: undefined })).toEqual([]);
  });

  test('a fault inside a list names the item', () => {
    expect(faults(SCHEMA, { verdict: 'genuine', tags: [{ name: 'a' }, {}] })).toEqual([
      ['/tags/1/name', 'This is needed.'],
    ]);
  });

  test('faults come in the order of the form, whatever the order of required', () => {
    const schema: RJSFSchema = {
      type: 'object',
      required: ['last', 'first'],
      properties: { first: { type: 'string' }, last: { type: 'string' } },
    };
    expect(faults(schema, {}).map(([pointer]) => pointer)).toEqual(['/first', '/last']);
  });

  test('of a choice of variants one fault is told, not one for each variant', () => {
    const schema: RJSFSchema = {
      oneOf: [
        { type: 'object', required: ['a'], properties: { a: { type: 'string' } } },
        { type: 'object', required: ['b'], properties: { b: { type: 'string' } } },
      ],
    };
    expect(faults(schema, {})).toEqual([['', 'Fill in one of the variants completely.']]);
  });

  test('of a variant that was evidently meant, its own faults are told', () => {
    const schema: RJSFSchema = {
      oneOf: [
        { type: 'object', required: ['kind', 'a'], properties: { kind: { enum: ['x'] } } },
        { type: 'object', required: ['kind', 'b'], properties: { kind: { enum: ['y'] } } },
      ],
    };
    expect(faults(schema, { kind: 'y' })).toEqual([['/b', 'This is needed.']]);
  });

  test('a name with dots or slashes leads to its own field', () => {
    expect(errorSchemaOf([{ pointer: '/a.b/c~1d', message: 'No.' }])).toEqual({
      'a.b': { 'c/d': { __errors: ['No.'] } },
    });
  });

  test('references lead into the root, also for a part of it', () => {
    const root: RJSFSchema = { $defs: { yes: { const: true } } };
    const { isValid } = formValidator(root);
    expect(isValid({ $ref: '#/$defs/yes' }, true, root)).toBe(true);
    expect(isValid({ $ref: '#/$defs/yes' }, false, root)).toBe(false);
  });

  test('a pattern that runs for ever elsewhere is judged at once', () => {
    const started = performance.now();
    const text = `${'a'.repeat(50_000)}!`;
    expect(faults({ type: 'string', pattern: '^(a+)+$' }, text)).toHaveLength(1);
    expect(performance.now() - started).toBeLessThan(1_000);
  });
});

describe('what is handed in', () => {
  const schema = {
    type: 'object',
    required: ['verdict', 'score', 'parts'],
    properties: {
      verdict: { type: 'string' },
      score: { type: ['integer', 'null'] },
      note: { type: ['string', 'null'] },
      parts: { type: 'array', items: { type: 'string' } },
      tags: { type: 'array', items: { type: 'string' } },
      address: { type: 'object', required: ['street'], properties: { street: { type: 'string' } } },
    },
  };

  test('empty options are left out, a required null is null, a required list stays', () => {
    const value = { verdict: 'x', note: undefined, parts: [], tags: [], address: {} };
    expect(cleanAnswer(schema, value)).toEqual({ verdict: 'x', score: null, parts: [] });
  });

  test('what is filled in stays, false, zero and null included', () => {
    const bools = { type: 'object', properties: { a: { type: 'boolean' }, b: {}, c: {} } };
    expect(cleanAnswer(bools, { a: false, b: 0, c: null })).toEqual({ a: false, b: 0, c: null });
  });

  test('what was filled in for a condition that holds no longer is dropped', () => {
    const conditional = {
      type: 'object',
      properties: { broken: { type: 'boolean' } },
      if: { properties: { broken: { enum: [true] } }, required: ['broken'] },
      // biome-ignore lint/suspicious/noThenProperty: the keyword's name
      then: { properties: { damage: { type: 'string' } } },
    };
    expect(cleanAnswer(conditional, { broken: true, damage: 'torn' })).toEqual({
      broken: true,
      damage: 'torn',
    });
    expect(cleanAnswer(conditional, { broken: false, damage: 'torn' })).toEqual({ broken: false });
  });
});
