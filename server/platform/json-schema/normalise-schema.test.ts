import { describe, expect, it } from 'vitest';
import { assertOutputSchema } from './check-output-schema';
import {
  compileOutputValidator,
  DEFAULT_OUTPUT_SCHEMA,
  type JsonSchema,
  normaliseSchema,
} from './index';
import { schemaWarnings } from './schema-warnings';

describe('normaliseSchema', () => {
  it.each<[string, JsonSchema, JsonSchema]>([
    ['const', { const: 'a' }, { enum: ['a'] }],
    [
      'a nullable text',
      { anyOf: [{ type: 'string', maxLength: 3 }, { type: 'null' }], title: 'Note' },
      { type: ['string', 'null'], maxLength: 3, title: 'Note' },
    ],
    [
      'a nullable choice',
      { anyOf: [{ type: 'string', enum: ['a', 'b'] }, { type: 'null' }] },
      { type: ['string', 'null'], enum: ['a', 'b', null] },
    ],
    [
      'a union of constants with titles',
      {
        oneOf: [
          { const: 'a', title: 'Yes' },
          { const: 'b', title: 'No' },
        ],
      },
      { enum: ['a', 'b'], 'x-enum-titles': ['Yes', 'No'] },
    ],
    [
      'constants with descriptions, or null',
      {
        anyOf: [
          { const: 'a', description: 'The first' },
          { const: 'b', title: 'B' },
          { type: 'null' },
        ],
      },
      {
        enum: ['a', 'b', null],
        'x-enum-titles': ['a', 'B', 'None'],
        'x-enum-descriptions': ['The first', '', ''],
      },
    ],
    [
      'names of choices in a list',
      { enum: [0, 1], enumNames: ['None', 'Some'], enumDescriptions: ['Not one', 'A few'] },
      {
        enum: [0, 1],
        'x-enum-titles': ['None', 'Some'],
        'x-enum-descriptions': ['Not one', 'A few'],
      },
    ],
    [
      'names of choices by value, where some have none',
      { enum: ['a', 'b', 1], 'x-enumNames': { a: 'Ay', 1: 'One' }, 'x-enum-varnames': [1] },
      { enum: ['a', 'b', 1], 'x-enum-titles': ['Ay', 'b', 'One'] },
    ],
    [
      'names by a generator of code',
      { type: 'integer', enum: [4, 5], 'x-enum-varnames': ['Low', 'High'] },
      { type: 'integer', enum: [4, 5], 'x-enum-titles': ['Low', 'High'] },
    ],
    [
      'a nullable choice with names',
      { anyOf: [{ enum: [1, 2], enumNames: ['One', 'Two'] }, { type: 'null' }] },
      { enum: [1, 2, null], 'x-enum-titles': ['One', 'Two', 'None'] },
    ],
    [
      'a yes or no with names',
      { type: 'boolean', enumNames: ['Genuine', 'Fake'] },
      { type: 'boolean', enum: [true, false], 'x-enum-titles': ['Genuine', 'Fake'] },
    ],
    ['constants or null', { anyOf: [{ const: 1 }, { type: 'null' }] }, { enum: [1, null] }],
    [
      'a definition with a description beside it',
      {
        properties: { a: { $ref: '#/$defs/A', description: 'mine' } },
        $defs: { A: { type: 'string', description: 'its own' } },
      },
      { properties: { a: { type: 'string', description: 'mine' } } },
    ],
    [
      'a lone allOf',
      {
        properties: { a: { allOf: [{ $ref: '#/definitions/A' }], default: 'x' } },
        definitions: { A: { type: 'string' } },
      },
      { properties: { a: { type: 'string', default: 'x' } } },
    ],
    [
      'a tree',
      { type: 'object', properties: { next: { anyOf: [{ $ref: '#' }, { type: 'null' }] } } },
      {
        type: 'object',
        properties: { next: { anyOf: [{ $ref: '#/$defs/part1' }, { type: 'null' }] } },
        $defs: {
          part1: {
            type: 'object',
            properties: { next: { anyOf: [{ $ref: '#/$defs/part1' }, { type: 'null' }] } },
          },
        },
      },
    ],
  ])('rewrites %s', (_name, schema, expected) => {
    expect(normaliseSchema(schema)).toEqual(expected);
  });

  it('accepts exactly the values the given schema accepts', { timeout: 60_000 }, () => {
    const leaves: JsonSchema[] = [
      { type: 'string' },
      { type: 'null' },
      { const: 'a' },
      { const: null },
      { enum: ['a', 1] },
      { type: ['string', 'null'] },
      { type: 'object', properties: { a: { const: 1 } }, additionalProperties: false },
      { properties: { b: { type: 'string' } }, required: ['b'] },
      { type: 'array', items: { $ref: '#/$defs/D' } },
      { $ref: '#/$defs/D' },
      { $ref: '#/$defs/D', minimum: 2 },
      { not: { type: 'null' } },
      { type: 'string', nullable: true },
    ];
    const values: unknown[] = [
      null,
      'a',
      'b',
      1,
      3,
      {},
      { a: 1 },
      { b: 'x' },
      { a: 1, b: 'x' },
      [1],
      ['a'],
    ];
    const $defs = { D: { type: 'number' } };
    for (const a of leaves) {
      for (const b of leaves) {
        for (const schema of [
          { anyOf: [a, b], $defs },
          { oneOf: [a, b], $defs },
          { ...a, allOf: [b], $defs },
          { ...a, anyOf: [b], $defs },
        ]) {
          const given = compileOutputValidator(schema);
          const normalised = compileOutputValidator(normaliseSchema(schema));
          const told = JSON.stringify(schema);
          for (const value of values) {
            expect([told, value, normalised(value).ok]).toEqual([told, value, given(value).ok]);
          }
        }
      }
    }
  });
});

describe('schemaWarnings', () => {
  it('is silent about a good schema', () => {
    const good = {
      type: 'object',
      required: ['verdict'],
      properties: { verdict: { type: 'string', enum: ['a', 'b'] }, notes: { type: 'string' } },
    };
    expect(schemaWarnings(good)).toEqual([]);
  });

  it.each<[string, JsonSchema, RegExp]>([
    ['no object', { type: 'string' }, /does not describe an object/],
    ['no properties', { type: 'object' }, /names no properties/],
    ['nothing required', { type: 'object', properties: { a: {} } }, /no property is required/],
    ['free text only', DEFAULT_OUTPUT_SCHEMA as unknown as JsonSchema, /free text/],
    [
      'many choices',
      { type: 'object', properties: { a: { enum: Array.from({ length: 80 }, (_, i) => i) } } },
      /\/properties\/a\/enum: 80 choices/,
    ],
    [
      'an unknown format',
      { type: 'object', properties: { a: { format: 'iban' } } },
      /\/properties\/a\/format: .*"iban"/,
    ],
    ['a slip', { type: 'object', requried: ['a'] }, /did you mean "required"/],
    [
      'a required name without a property',
      { type: 'object', required: ['b'], properties: { a: {} } },
      /"b" is required but not described/,
    ],
  ])('mentions %s', (_name, schema, expected) => {
    assertOutputSchema(schema);
    expect(schemaWarnings(schema).join('\n')).toMatch(expected);
  });
});
