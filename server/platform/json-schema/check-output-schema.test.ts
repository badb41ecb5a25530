import { describe, expect, it } from 'vitest';
import { assertOutputSchema } from './check-output-schema';
import {
  compileOutputValidator,
  DEFAULT_OUTPUT_SCHEMA,
  InvalidOutputSchema,
  type JsonSchema,
  normaliseSchema,
} from './index';

const DRAFT_07 = 'http://json-schema.org/draft-07/schema#';

function faultOf(schema: unknown): InvalidOutputSchema {
  try {
    assertOutputSchema(schema);
  } catch (error) {
    if (error instanceof InvalidOutputSchema) return error;
    throw error;
  }
  throw new Error(`The schema was accepted: ${JSON.stringify(schema)}`);
}

function nested(levels: number): JsonSchema {
  let schema: JsonSchema = { type: 'string' };
  for (let i = 0; i < levels; i++) schema = { type: 'object', properties: { inner: schema } };
  return schema;
}

describe('assertOutputSchema points at what is wrong', () => {
  const field = (schema: unknown) => ({ type: 'object', properties: { verdict: schema } });
  it.each<[string, unknown, string]>([
    ['a text', 'string', ''],
    ['a list', [], ''],
    ['null', null, ''],
    ['a misspelt type', field({ type: 'strng' }), '/properties/verdict/type'],
    ['a misspelt type in draft 07', { $schema: DRAFT_07, type: 'objekt' }, '/type'],
    ['an enum that is no list', field({ enum: 'genuine' }), '/properties/verdict/enum'],
    ['required as a text', { type: 'object', required: 'verdict' }, '/required'],
    ['properties as a list', { type: 'object', properties: [] }, '/properties'],
    ['a negative length', field({ maxLength: -1 }), '/properties/verdict/maxLength'],
    ['a reference to a URL', field({ $ref: 'https://example.com/x' }), '/properties/verdict/$ref'],
    ['a reference to a file', field({ $ref: 'other.json#/a' }), '/properties/verdict/$ref'],
    ['a reference to nothing', field({ $ref: '#/$defs/none' }), '/properties/verdict/$ref'],
    ['a reference to a list', { $ref: '#/enum', enum: ['a'] }, '/$ref'],
    ['a reference to itself', { $ref: '#' }, '/$ref'],
    ['an unclosed pattern', field({ pattern: '(a' }), '/properties/verdict/pattern'],
    [
      'an escape of another language',
      field({ pattern: '^a(?!b)\\Z' }),
      '/properties/verdict/pattern',
    ],
    [
      'a dynamic reference to nothing beside another one',
      { $ref: '#/$defs/a', $dynamicRef: '#none', $defs: { a: {} } },
      '/$dynamicRef',
    ],
    [
      'a dynamic reference to a URL beside another one',
      { $ref: '#/$defs/a', $dynamicRef: 'https://example.com/x', $defs: { a: {} } },
      '/$dynamicRef',
    ],
    [
      'tuples of two drafts',
      { properties: { a: { items: [{}] }, b: { prefixItems: [{}] } } },
      '/properties/a/items',
    ],
    ['a bad property pattern', { patternProperties: { '[': true } }, '/patternProperties/['],
    ['an old draft', { $schema: 'http://json-schema.org/draft-04/schema#' }, '/$schema'],
    ['an asynchronous schema', { $async: true }, '/$async'],
    ['nullable without a type', { nullable: true }, ''],
    ['a reference to an $id that no part has', field({ $ref: 'Node' }), '/properties/verdict/$ref'],
    ['a name to be escaped', { properties: { 'a/b~c': { type: 1 } } }, '/properties/a~1b~0c/type'],
  ])('%s', (_name, schema, pointer) => {
    const fault = faultOf(schema);
    expect(fault.pointer).toBe(pointer);
    expect(fault).toMatchObject({
      status: 422,
      type: 'validation_error',
      code: 'invalid_output_schema',
      param: 'output_schema',
      details: { pointer },
    });
    expect(fault.message).toMatch(/^output_schema is not usable at /);
  });

  it('refuses 65 KB and says how much fits', () => {
    const fault = faultOf({ type: 'object', description: 'x'.repeat(65 * 1024) });
    expect(fault.details).toMatchObject({ pointer: '', bytes_max: 65_536 });
  });

  it('accepts 16 levels and refuses 17', () => {
    expect(() => assertOutputSchema(nested(16))).not.toThrow();
    expect(faultOf(nested(17)).details).toMatchObject({ depth_max: 16 });
  });

  it('refuses endless JSON depth without exhausting the stack', () => {
    let value: unknown = 1;
    for (let i = 0; i < 20_000; i++) value = [value];
    expect(faultOf({ default: value }).message).toContain('64 levels');
  });

  it('refuses references that double at each turn', () => {
    const $defs: Record<string, unknown> = { a40: { type: 'string' } };
    for (let i = 0; i < 40; i++) {
      $defs[`a${i}`] = { anyOf: [{ $ref: `#/$defs/a${i + 1}` }, { $ref: `#/$defs/a${i + 1}` }] };
    }
    expect(faultOf({ $ref: '#/$defs/a0', $defs }).message).toContain('multiply');
  });
});

describe('assertOutputSchema accepts what agents write', () => {
  it.each<[string, JsonSchema]>([
    ['the default', DEFAULT_OUTPUT_SCHEMA as unknown as JsonSchema],
    ['nothing at all', {}],
    ['remarks of other tools', { 'x-order': 1, $ui: {}, example: 1, properties: { $id: {} } }],
    ['a root $id', { $id: 'https://example.com/verdict.json', type: 'object' }],
    ['an unknown format', { properties: { a: { type: 'string', format: 'iban' } } }],
    ['a tree', { properties: { parts: { type: 'array', items: { $ref: '#' } } } }],
    ['anchors', { $ref: '#v', $defs: { a: { $anchor: 'v', type: 'string' } } }],
    [
      'draft 2019-09',
      { $schema: 'https://json-schema.org/draft/2019-09/schema', $defs: { a: {} } },
    ],
    [
      'a tuple of draft 07 without $schema',
      { items: [{ type: 'string' }], additionalItems: false },
    ],
    ['a look-ahead', { pattern: '^(?=.*a)b' }],
    ['a look-behind', { pattern: '(?<!a)b' }],
    ['a back-reference', { pattern: '(a)\\1' }],
    ['a huge repetition', { pattern: '((a{99}){99}){99}' }],
    ['more than a thousand repeats', { pattern: '^.{1,5000}$' }],
    ['draft 07', { $schema: DRAFT_07, items: [{ type: 'string' }], definitions: { a: {} } }],
    ['a $ref as data', { properties: { a: { enum: ['x', { $ref: 'https://e.com' }] } } }],
    ['a property called __proto__', JSON.parse('{"properties":{"__proto__":{"type":"string"}}}')],
  ])('%s', (_name, schema) => {
    expect(() => assertOutputSchema(schema)).not.toThrow();
    expect(() => compileOutputValidator(schema)).not.toThrow();
    expect(() => normaliseSchema(schema)).not.toThrow();
  });
});

describe('compileOutputValidator', () => {
  const schema = {
    type: 'object',
    required: ['verdict', 'notes'],
    properties: { verdict: { enum: ['genuine', 'fake'] }, notes: { type: 'string' } },
    additionalProperties: false,
  };

  it('accepts a value that fits', () => {
    expect(compileOutputValidator(schema)({ verdict: 'fake', notes: '' })).toEqual({ ok: true });
  });

  it('gives every fault with the pointer of the value at fault', () => {
    expect(compileOutputValidator(schema)({ verdict: 'maybe', extra: 1 })).toEqual({
      ok: false,
      errors: expect.arrayContaining([
        { pointer: '/notes', keyword: 'required', message: '"notes" is required' },
        {
          pointer: '/extra',
          keyword: 'additionalProperties',
          message: '"extra" is not a known property',
        },
        { pointer: '/verdict', keyword: 'enum', message: 'must be one of "genuine", "fake"' },
      ]),
    });
  });

  it('gives the same validator for the same schema, however often, also with an $id', () => {
    const make = () => ({ $id: 'https://example.com/same', type: 'string' });
    expect(compileOutputValidator(make())).toBe(compileOutputValidator(make()));
    for (let i = 0; i < 520; i++) compileOutputValidator({ type: 'number', minimum: i });
    expect(compileOutputValidator(make())('text')).toEqual({ ok: true });
  });

  it('checks formats, and reads the drafts as each says', () => {
    const email = compileOutputValidator({ type: 'string', format: 'email' });
    expect(email('a@example.com').ok).toBe(true);
    expect(email('not an address').ok).toBe(false);
    const tuple = { items: [{ type: 'string' }], additionalItems: false };
    expect(compileOutputValidator({ $schema: DRAFT_07, ...tuple })([1]).ok).toBe(false);
    const modern = { prefixItems: [{ type: 'string' }], items: false };
    expect(compileOutputValidator(modern)(['a', 'b']).ok).toBe(false);
  });

  it.each<[string, JsonSchema, unknown]>([
    ['a catastrophic pattern', { pattern: '^(a+)+$' }, `${'a'.repeat(10_000)}!`],
    ['a slow address', { format: 'email' }, `${'a'.repeat(100_000)}@${'a-'.repeat(100_000)}`],
    [
      'a property name against a catastrophic pattern',
      { properties: { [`${'a'.repeat(40)}!`]: {} }, patternProperties: { '^(a+)+$': {} } },
      { [`${'a'.repeat(40)}!`]: 1 },
    ],
    [
      'unique items of many objects',
      { uniqueItems: true },
      Array.from({ length: 30_000 }, (_, i) => ({ a: { b: i } })),
    ],
    [
      'a schema that tries both branches at every level of the value',
      {
        $defs: {
          n: {
            anyOf: [
              { properties: { n: { $ref: '#/$defs/n' } }, required: ['x'] },
              { properties: { n: { $ref: '#/$defs/n' } }, required: ['x'] },
            ],
          },
        },
        $ref: '#/$defs/n',
      },
      JSON.parse(`${'{"n":'.repeat(60)}{}${'}'.repeat(60)}`),
    ],
    [
      'a value of great depth',
      { properties: { n: { $ref: '#' } } },
      JSON.parse(`${'{"n":'.repeat(50_000)}{}${'}'.repeat(50_000)}`),
    ],
  ])('takes bounded time on %s', (_name, hostile, value) => {
    assertOutputSchema(hostile);
    const validate = compileOutputValidator(hostile);
    const start = performance.now();
    validate(value);
    expect(performance.now() - start).toBeLessThan(2_000);
  });
});
