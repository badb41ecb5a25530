import { beforeAll, describe, expect, it } from 'vitest';
import { longestSlice } from '@/server/testing/longest-slice';
import {
  checkOutputSchema,
  findSchemaWarnings,
  formSchemaOf,
  InvalidOutputSchema,
  type JsonSchema,
  validateOutput,
} from './index';

const LOOP_MS_MAX = 50;

const repeated = <T>(count: number, make: (index: number) => T): T[] =>
  Array.from({ length: count }, (_, index) => make(index));

const named = (count: number, make: (index: number) => unknown) =>
  Object.fromEntries(repeated(count, (index) => [`p${index}`, make(index)]));

function fanOut(levels: number): JsonSchema {
  const $defs: Record<string, unknown> = { [`d${levels}`]: { type: 'string' } };
  for (let level = 0; level < levels; level++) {
    const $ref = `#/$defs/d${level + 1}`;
    $defs[`d${level}`] = { anyOf: [{ $ref }, { $ref, title: 'other' }] };
  }
  return { $ref: '#/$defs/d0', $defs };
}

const nestedAllOf = (levels: number): JsonSchema =>
  levels === 0 ? { type: 'object' } : { allOf: [nestedAllOf(levels - 1), { minProperties: 1 }] };

/** Schemas within the documented bounds that cost much, with an answer that costs most. */
const COSTLY: [name: string, schema: JsonSchema, output: unknown][] = [
  [
    'patterns of many long repeats',
    { properties: named(12, () => ({ pattern: 'a{999}'.repeat(160) })) },
    named(12, () => 'a'.repeat(20_000)),
  ],
  [
    'thousands of small patterns',
    { properties: named(1_800, (i) => ({ pattern: `^a{${i % 900}}b` })) },
    named(1_800, () => 'a'.repeat(100)),
  ],
  ['thousands of open properties', { properties: named(6_000, () => ({})) }, named(6_000, () => 1)],
  [
    'thousands of text properties',
    { properties: named(2_400, () => ({ type: 'string' })) },
    named(2_400, () => 1),
  ],
  [
    'a long enum under draft-07',
    { $schema: 'http://json-schema.org/draft-07/schema#', enum: repeated(9_000, (i) => i) },
    { a: 1 },
  ],
  [
    'a long enum of objects',
    { items: { enum: repeated(4_000, (i) => ({ a: i })) }, uniqueItems: true },
    repeated(20_000, (i) => ({ a: i })),
  ],
  ['many branches', { oneOf: repeated(2_500, (i) => ({ const: `c${i}` })) }, 'c2400'],
  ['nested allOf', nestedAllOf(15), {}],
  [
    'many definitions with references',
    {
      properties: named(900, (i) => ({ $ref: `#/$defs/d${i}` })),
      $defs: Object.fromEntries(repeated(900, (i) => [`d${i}`, { type: 'string' }])),
    },
    named(900, () => 'x'),
  ],
  ['a huge constant', { const: 'x'.repeat(60_000) }, 'y'.repeat(60_000)],
  [
    'property patterns over many keys',
    { patternProperties: Object.fromEntries(repeated(300, (i) => [`^(a|b)*${i}$`, {}])) },
    named(20_000, () => 1),
  ],
  [
    'names that a slow pattern judges',
    { propertyNames: { pattern: '^(?!x)(a+)+$' } },
    { [`${'a'.repeat(40)}!`]: 1 },
  ],
  ['unique items of many objects', { uniqueItems: true }, repeated(60_000, (i) => ({ a: i }))],
  ['a slow look-ahead', { pattern: '^(?=(a+)+$)' }, `${'a'.repeat(5_000)}!`],
  ['a deep answer', { items: { $ref: '#' } }, JSON.parse('['.repeat(250) + ']'.repeat(250))],
  ['a fan of references', fanOut(12), 1],
];

const REFUSED: [name: string, schema: JsonSchema, reason: RegExp][] = [
  ['a fan of references that doubles 16 times', fanOut(16), /multiply to more than 20000/],
  [
    'a large part that many references share',
    {
      properties: named(1_000, () => ({ $ref: '#/$defs/a' })),
      $defs: { a: { enum: repeated(1_500, (i) => `choice ${i}`) } },
    },
    /multiply to more than 1048576 bytes/,
  ],
  [
    'a chain of references without end in sight',
    {
      $ref: '#/$defs/d0',
      $defs: Object.fromEntries(
        repeated(1_000, (i) => [`d${i}`, i === 999 ? {} : { $ref: `#/$defs/d${i + 1}` }]),
      ),
    },
    /lead more than 128 schemas deep/,
  ],
];

// The first call makes and starts the threads.
beforeAll(() => checkOutputSchema({ type: 'object' }));

describe('no schema within the bounds, and no answer to it, holds the event loop', () => {
  it.each(COSTLY)('%s', async (_name, schema, output) => {
    expect(JSON.stringify(schema).length).toBeLessThanOrEqual(64 * 1024);
    const slice = await longestSlice(async () => {
      await checkOutputSchema(schema);
      await formSchemaOf(schema);
      await findSchemaWarnings(schema);
      await validateOutput(schema, output);
    });
    expect(slice).toBeLessThan(LOOP_MS_MAX);
  });

  it.each(REFUSED)('%s is refused in words', async (_name, schema, reason) => {
    const slice = await longestSlice(async () => {
      await expect(checkOutputSchema(schema)).rejects.toThrow(reason);
      await expect(checkOutputSchema(schema)).rejects.toBeInstanceOf(InvalidOutputSchema);
    });
    expect(slice).toBeLessThan(LOOP_MS_MAX);
  });

  it('a thousand schemas one after another leave the loop to others', async () => {
    const slice = await longestSlice(async () => {
      for (let i = 0; i < 1_000; i++) await checkOutputSchema({ type: 'string', maxLength: i });
    });
    expect(slice).toBeLessThan(LOOP_MS_MAX);
  });
});

describe('patterns that RE2 cannot run', () => {
  const accepts = async (pattern: string, text: string) =>
    (await validateOutput({ type: 'string', pattern }, text)).ok;

  it.each([
    ['a decimal as pydantic writes it', '^(?!^[-+.]*$)[+-]?0*\\d*\\.?\\d*$', '-12.50', '-.'],
    [
      'an address as zod writes it',
      "^(?!\\.)(?!.*\\.\\.)([A-Za-z0-9_'+\\-\\.]*)[A-Za-z0-9_+-]@([A-Za-z0-9][A-Za-z0-9\\-]*\\.)+[A-Za-z]{2,}$",
      'ada@example.com',
      'ada..b@example.com',
    ],
    [
      'a duration as zod writes it',
      '^P(?:(\\d+W)|(?!.*W)(?=\\d|T\\d)(\\d+Y)?(\\d+M)?(\\d+D)?(T(?=\\d)(\\d+H)?(\\d+M)?(\\d+([.,]\\d+)?S)?)?)$',
      'P3DT4H',
      'P',
    ],
    ['more than a thousand repeats', '^.{1,5000}$', 'x'.repeat(5_000), 'x'.repeat(5_001)],
    ['a back-reference', '^(a|b)\\1$', 'aa', 'ab'],
    ['a needless escape beside a look-ahead', "^(?!x)\\'a\\-b$", "'a-b", 'a-b'],
  ])('%s is accepted and obeyed', async (_name, pattern, right, wrong) => {
    await checkOutputSchema({ type: 'string', pattern });
    expect([await accepts(pattern, right), await accepts(pattern, wrong)]).toEqual([true, false]);
  });

  it('refuse in words the text they take too long for', async () => {
    const schema = { type: 'string', pattern: '^(?=(a+)+$)' };
    const check = await validateOutput(schema, `${'a'.repeat(60)}!`);
    expect(check).toMatchObject({ errors: [{ message: expect.stringContaining('too complex') }] });
  });
});
