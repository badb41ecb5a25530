import { describe, expect, test } from 'vitest';
import { assertOutputSchema } from './check-output-schema';
import { compileOutputValidator, type JsonSchema, normaliseSchema } from './index';
import { withLocalReferences } from './local-references';

const text = { type: 'string' };
const node = (more: object) => ({
  type: 'object',
  required: ['id', 'kids'],
  properties: { id: text, kids: { type: 'array', items: { $ref: 'Node' } } },
  ...more,
});

describe('parts of a schema are found by their $id, as generators write recursive types', () => {
  const good = { id: 'a', kids: [{ id: 'b', kids: [] }] };
  const bad = { id: 'a', kids: [{ id: 7, kids: [] }] };
  test.each<[string, JsonSchema]>([
    ['beneath $defs', { $defs: { Node: node({ $id: 'Node' }) }, $ref: 'Node' }],
    ['at the root', node({ $id: 'Node' })],
    [
      'by a whole address',
      {
        $id: 'https://example.com/root.json',
        $defs: { n: node({ $id: 'parts/Node' }) },
        $ref: 'https://example.com/parts/Node#',
      },
    ],
    [
      'with fragments relative to the part they stand in',
      {
        $defs: {
          'a#b/c': {
            $id: 'outer',
            $defs: { Node: { $anchor: 'here', ...node({}), $ref: '#/$defs/also' }, also: {} },
            $ref: '#here',
          },
        },
        $ref: 'outer',
      },
    ],
  ])('%s', (name, given) => {
    const schema = name.startsWith('with')
      ? (JSON.parse(JSON.stringify(given).replace('"$ref":"Node"', '"$ref":"#here"')) as JsonSchema)
      : given;
    const before = JSON.stringify(schema);
    assertOutputSchema(schema);
    const validate = compileOutputValidator(schema);
    expect(validate(good)).toEqual({ ok: true });
    expect(validate(bad).ok).toBe(false);
    // What the worker's form is made of says the same.
    const normalised = compileOutputValidator(normaliseSchema(schema));
    expect(normalised(good)).toEqual({ ok: true });
    expect(normalised(bad).ok).toBe(false);
    expect(JSON.stringify(schema)).toBe(before);
  });

  test('a schema without names is left as it is', () => {
    const schema = { $defs: { a: text }, $ref: '#/$defs/a' };
    expect(withLocalReferences(schema)).toBe(schema);
  });
});
