import { describe, expect, it } from 'vitest';
import type { Schema } from './document';
import { fieldsOf } from './fields';
import { cell, json } from './markdown';
import { typeWords } from './type-words';

describe('the words of a type', () => {
  it.each<[Schema, string]>([
    [{ type: 'integer', minimum: 1, maximum: 10_000_000 }, 'integer (1–10,000,000)'],
    [{ type: 'number', exclusiveMinimum: 0 }, 'number (above 0)'],
    [{ type: 'string', maxLength: 64 }, 'string (at most 64 characters)'],
    [{ type: 'string', format: 'uuid', pattern: '^[0-9a-f-]+$' }, 'UUID'],
    [{ type: ['string', 'null'] }, 'string or null'],
    [{ anyOf: [{ type: 'integer' }, { type: 'null' }] }, 'integer or null'],
    [{ type: 'string', enum: ['a', 'b'], default: 'a' }, '`a`, `b`; `a` unless given'],
    [
      { type: 'array', items: { type: 'string' }, maxItems: 16 },
      'list of strings, at most 16 items',
    ],
    [{ type: 'array', items: { type: 'object', properties: { a: {} } } }, 'list of objects'],
    [{}, 'any JSON'],
  ])('%j', (schema, words) => expect(typeWords(schema)).toBe(words));
});

describe('the fields of an object', () => {
  const names = (schema: Schema) =>
    fieldsOf(schema, new Map([['Task', '/docs/api/tasks#task']])).map(
      ({ name, type, required }) => `${name} ${type}${required ? '!' : ''}`,
    );

  it('go on into objects, lists and values, and stop at what has a place of its own', () => {
    const point: Schema = {
      type: 'object',
      properties: { x: { type: 'integer' } },
      required: ['x'],
    };
    expect(
      names({
        type: 'object',
        required: ['at'],
        properties: {
          at: point,
          many: { type: 'array', items: point },
          any: { type: 'object', additionalProperties: point },
          tasks: { type: 'array', items: { $ref: '#/components/schemas/Task' } },
        },
      }),
    ).toEqual([
      'at object!',
      'at.x integer!',
      'many list of objects',
      'many[].x integer!',
      'any object',
      'any.*.x integer!',
      'tasks list of [Task](/docs/api/tasks#task)',
    ]);
  });

  it('of variants are all of them; required is what every variant requires', () => {
    const variant = (kind: string, more: Record<string, Schema> = {}): Schema => ({
      type: 'object',
      properties: { kind: { type: 'string', const: kind }, ...more },
      required: ['kind', ...Object.keys(more)],
    });
    expect(names({ oneOf: [variant('a'), variant('b', { output: {} })] })).toEqual([
      'kind `a` or `b`!',
      'output any JSON',
    ]);
  });
});

describe('Markdown', () => {
  it('escapes in cells what would begin a tag, an expression or a column, but not in code', () => {
    expect(cell('a <b> {c} | `<d> {e}`')).toBe('a &lt;b> \\{c} \\| `<d> {e}`');
  });

  it('writes JSON that is read again, with what fits a line on one', () => {
    const value = {
      short: [1, { a: null }],
      long: Array.from({ length: 40 }, (_, i) => `item ${i}`),
      none: {},
    };
    expect(JSON.parse(json(value))).toEqual(value);
    expect(json(value)).toContain('"short": [1, { "a": null }]');
  });
});
