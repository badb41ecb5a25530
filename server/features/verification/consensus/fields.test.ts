import { describe, expect, it } from 'vitest';
import { REVIEW_SCHEMA } from '../fixtures/stage-context';
import { facetKeysOf, facetsOf } from './facets';
import { fieldsOf, freeTextOf, labelOf } from './fields';

describe('the fields of a schema', () => {
  it('unfolds objects and names each kind', () => {
    const fields = fieldsOf({
      type: 'object',
      required: ['a', 'inner'],
      properties: {
        a: { enum: ['x', 'y', null] },
        b: { type: ['boolean', 'null'] },
        c: { anyOf: [{ type: 'integer', minimum: 0, maximum: 10 }, { type: 'null' }] },
        d: { type: 'string', format: 'date' },
        e: { type: 'array', uniqueItems: true, items: { enum: ['p', 'q'] } },
        f: {
          oneOf: [
            { const: 1, title: 'one' },
            { const: 2, title: 'two' },
          ],
        },
        g: { type: 'array', items: { type: 'object' } },
        inner: { type: 'object', required: ['t'], properties: { t: { $ref: '#/$defs/text' } } },
      },
      $defs: { text: { type: 'string' } },
    });
    expect(fields.map((field) => `${field.path.join('.')} ${field.kind}`)).toEqual([
      'a categorical',
      'b categorical',
      'c number',
      'd date',
      'e items',
      'f categorical',
      'g opaque',
      'inner.t text',
    ]);
    expect(fields.map((field) => field.nullable)).toEqual([
      ...[true, true, true],
      ...[false, false, false, false, false],
    ]);
    expect(fields.at(-1)?.optional).toBe(false);
  });

  it('stays small for a schema that contains itself many times over', () => {
    const node = { $ref: '#/$defs/node' };
    const properties = { a: node, b: node, c: node, value: { type: 'boolean' } };
    const schema = { ...node, $defs: { node: { type: 'object', properties } } };
    const fields = fieldsOf(schema);
    expect(fields.length).toBeGreaterThanOrEqual(500);
    expect(fields.length).toBeLessThan(1_000);
  });

  it('names answers by their choices, and finds their free text', () => {
    expect(labelOf(REVIEW_SCHEMA, { verdict: 'genuine', notes: 'fine' })).toBe('"genuine"');
    expect(labelOf({ properties: { x: { type: 'string' } } }, { x: 'hello' })).toBeNull();
    expect(freeTextOf(REVIEW_SCHEMA, { verdict: 'genuine', notes: 'fine' })).toBe('fine');
  });
});

describe('the facets of a field', () => {
  const keysOf = (properties: object, required: string[] = ['x']) =>
    facetKeysOf(fieldsOf(JSON.parse(JSON.stringify({ type: 'object', required, properties }))));

  it('are the same for the same place, kind and labels in any order, and for no others', () => {
    const [key] = keysOf({ x: { enum: ['a', 'b'] } });
    expect(keysOf({ x: { enum: ['b', 'a'], title: 'Another title' } })).toEqual([key]);
    for (const [other, required] of [
      [{ x: { enum: ['a', 'b', 'c'] } }, ['x']],
      [{ x: { enum: ['a', 'b', null] } }, ['x']],
      [{ x: { enum: ['a', 'b'] } }, []],
      [{ y: { enum: ['a', 'b'] } }, ['y']],
      [{ x: { type: 'array', uniqueItems: true, items: { enum: ['a', 'b'] } } }, ['x']],
      [{ x: { type: 'string' } }, ['x']],
    ] as const) {
      expect(keysOf(other, [...required])).not.toContain(key);
    }
  });

  it('are one for each item of a set, one for the whole of it, and one for whether a value is there', () => {
    const set = { type: 'array', uniqueItems: true, items: { enum: ['a', 'b', 'c'] } };
    expect(new Set(keysOf({ x: set }))).toHaveProperty('size', 4);
    expect(keysOf({ x: set }, [])).toHaveLength(5);
    const [field] = fieldsOf({ type: 'object', properties: { x: { enum: ['a', null] } } });
    if (field) expect(facetsOf(field).value[0]?.labels).toEqual(['"a"', 'absent', 'null']);
  });

  it('have keys that a database can index, whatever the schema', () => {
    const name = `${'long'.repeat(200)}\u0000`;
    const [key = ''] = keysOf({ [name]: { enum: ['\u0000', 'b'] } }, [name]);
    expect(key.length).toBeLessThan(200);
    expect(key).not.toContain('\u0000');
  });
});
