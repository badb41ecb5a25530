import { beforeAll, describe, expect, test } from 'vitest';
import { compileOutputValidator, normaliseSchema } from '@/server/platform/json-schema';
import { checkValue } from './check-value';
import { loadPatterns } from './patterns';

beforeAll(loadPatterns);

const VALUES: unknown[] = [
  null,
  true,
  false,
  0,
  1,
  -1,
  2.5,
  0.3,
  7,
  100,
  1e21,
  2000000.13,
  '',
  'a',
  'ab',
  'abc',
  'AB-12',
  'a.b',
  '👍🏽',
  'שלום',
  'ada@example.com',
  '2026-02-29',
  '2024-02-29',
  '2026-03-31T10:00:00Z',
  '14:30:00Z',
  '14:30',
  'https://example.com/a?b=c',
  'example.com',
  '1b4e28ba-2fa1-41d2-883f-0016d3cca427',
  '192.0.2.1',
  [],
  [1],
  [1, 1],
  [1, 'a'],
  ['a', 'b', 'a'],
  [{ a: 1 }, { a: 1 }],
  [null],
  [1, 'a', true],
  {},
  { a: 1 },
  { a: 'x' },
  { a: null },
  { a: 1, b: 2 },
  { a: 1, b: 'x', c: [] },
  { b: 'x' },
  { kind: 'cat', lives: 9 },
  { kind: 'dog', name: 'Rex' },
  { kind: 'dog', lives: 9 },
  { 'x-1': 3, 'x-2': 'y' },
  { child: { child: { a: 1 } } },
  { child: { child: { a: 'no' } } },
  { a: { b: { c: 1 } } },
  { list: [{ name: 'a' }, {}] },
];

const SCHEMAS: Record<string, Record<string, unknown>> = {
  'each type': { anyOf: [{ type: 'integer' }, { type: 'null' }, { type: ['string', 'boolean'] }] },
  'a range': { type: 'number', minimum: 0, exclusiveMaximum: 100, multipleOf: 0.5 },
  'tenths, as floats divide': { type: 'number', multipleOf: 0.1 },
  'cents of a large amount': { type: 'number', multipleOf: 0.01 },
  'a length, in characters': { type: 'string', minLength: 1, maxLength: 2 },
  'a pattern': { type: 'string', pattern: '^[A-Z]{2}-\\d+$' },
  'a pattern of Unicode': { type: 'string', pattern: '^\\p{L}+$' },
  'a dot that is one character': { type: 'string', pattern: '^.$' },
  'an unanchored pattern': { type: 'string', pattern: 'b' },
  date: { type: 'string', format: 'date' },
  'date-time': { type: 'string', format: 'date-time' },
  time: { type: 'string', format: 'time' },
  email: { type: 'string', format: 'email' },
  uri: { type: 'string', format: 'uri' },
  uuid: { type: 'string', format: 'uuid' },
  ipv4: { format: 'ipv4' },
  int32: { type: 'number', format: 'int32' },
  'an unknown format': { type: 'string', format: 'colour' },
  'a list without repeats': { type: 'array', uniqueItems: true, minItems: 1, maxItems: 2 },
  'a tuple': {
    type: 'array',
    prefixItems: [{ type: 'integer' }, { type: 'string' }],
    items: false,
  },
  'a tuple of draft-07': {
    $schema: 'http://json-schema.org/draft-07/schema#',
    type: 'array',
    items: [{ type: 'integer' }, { type: 'string' }],
    additionalItems: { type: 'boolean' },
  },
  contains: { contains: { type: 'string' }, minContains: 1, maxContains: 1 },
  'contains, as draft-07 has it': {
    $schema: 'http://json-schema.org/draft-07/schema#',
    contains: { const: 1 },
  },
  'an object': {
    type: 'object',
    required: ['a'],
    properties: { a: { type: 'integer' }, b: { type: 'string' } },
    additionalProperties: false,
  },
  'a name that every object inherits': { type: 'object', required: ['constructor'] },
  'names by pattern': {
    type: 'object',
    patternProperties: { '^x-': { type: 'integer' } },
    additionalProperties: { type: 'integer' },
  },
  'names that fit': { type: 'object', propertyNames: { maxLength: 1 }, minProperties: 1 },
  'required together': { type: 'object', dependentRequired: { a: ['b'] } },
  'a schema on a condition': {
    type: 'object',
    if: { properties: { kind: { const: 'dog' } }, required: ['kind'] },
    // biome-ignore lint/suspicious/noThenProperty: the keyword's name
    then: { required: ['name'] },
    else: { maxProperties: 2 },
  },
  'variants by a constant': {
    oneOf: [
      {
        type: 'object',
        properties: { kind: { const: 'cat' }, lives: { type: 'integer' } },
        required: ['kind', 'lives'],
      },
      {
        type: 'object',
        properties: { kind: { const: 'dog' }, name: { type: 'string' } },
        required: ['kind', 'name'],
      },
    ],
  },
  'exactly one': { oneOf: [{ type: 'number' }, { type: 'integer' }] },
  not: { not: { type: ['string', 'null'] } },
  'a constant of many parts': { const: { b: 2, a: 1 } },
  'a tree': {
    $ref: '#/$defs/node',
    $defs: {
      node: {
        type: 'object',
        properties: { a: { type: 'integer' }, child: { $ref: '#/$defs/node' } },
      },
    },
  },
  'nothing left over': {
    type: 'object',
    allOf: [{ properties: { a: { type: 'integer' } } }],
    anyOf: [{ properties: { b: { type: 'string' } }, required: ['b'] }, true],
    unevaluatedProperties: false,
  },
  'no item left over': {
    type: 'array',
    prefixItems: [true],
    contains: { type: 'boolean' },
    unevaluatedItems: false,
  },
  'dependencies of draft-07': {
    $schema: 'http://json-schema.org/draft-07/schema#',
    dependencies: { a: ['b'], kind: { required: ['lives'] } },
  },
};

describe('the form and the server judge alike', () => {
  test.each(Object.entries(SCHEMAS))('%s', (_name, schema) => {
    const server = compileOutputValidator(schema);
    const form = normaliseSchema(schema);
    for (const value of VALUES) {
      const faults = checkValue(form, value, form);
      expect({ value, ok: faults.length === 0 }).toEqual({ value, ok: server(value).ok });
    }
  });
});
