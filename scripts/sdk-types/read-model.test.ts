import { describe, expect, it } from 'vitest';
import { readModel, type Schema } from './read-model';

const read = (components: Record<string, Schema>, requests: Record<string, string> = {}) => {
  const named = Object.keys(components).filter((name) => !(name in requests));
  const objects = Object.fromEntries(named.map((name) => [name, name.replace(/Input$/, '')]));
  return readModel(components, { requests, objects, leftOut: new Set(['Error']) });
};

const fieldsOf = (schema: Schema) => {
  const definition = read({ Thing: { type: 'object', properties: { f: schema } } }).get('Thing');
  return definition.kind === 'object' ? definition.fields : [];
};

describe('the model', () => {
  it.each<[string, Schema, unknown]>([
    ['a text', { type: 'string' }, { kind: 'string' }],
    ['a time', { type: 'string', format: 'date-time' }, { kind: 'string', format: 'date-time' }],
    ['a text of a format we do not know', { type: 'string', format: 'x' }, { kind: 'string' }],
    ['a whole number', { type: 'integer' }, { kind: 'integer' }],
    ['a number', { type: 'number' }, { kind: 'number' }],
    ['any JSON', {}, { kind: 'json' }],
    ['a constant', { type: 'string', const: 'task' }, { kind: 'const', value: 'task' }],
    [
      'a list',
      { type: 'array', items: { type: 'number' } },
      { kind: 'array', items: { kind: 'number' } },
    ],
    [
      'a map of anything',
      { type: 'object', additionalProperties: {} },
      { kind: 'map', values: { kind: 'json' } },
    ],
    [
      'a map of texts or null',
      {
        type: 'object',
        additionalProperties: { anyOf: [{ type: 'string' }, { type: 'null' }] },
      },
      {
        kind: 'map',
        values: { kind: 'union', of: [{ kind: 'string' }, { kind: 'null' }] },
      },
    ],
    [
      'a text or a number',
      { anyOf: [{ type: 'string' }, { type: 'integer' }] },
      { kind: 'union', of: [{ kind: 'string' }, { kind: 'integer' }] },
    ],
  ])('reads %s', (_, schema, type) => {
    expect(fieldsOf(schema)).toMatchObject([{ name: 'f', type, nullable: false, required: false }]);
  });

  it('knows what may be null, in either spelling', () => {
    expect(fieldsOf({ type: ['string', 'null'] })).toMatchObject([
      { type: { kind: 'string' }, nullable: true },
    ]);
    expect(fieldsOf({ anyOf: [{ type: 'integer' }, { type: 'null' }] })).toMatchObject([
      { type: { kind: 'integer' }, nullable: true },
    ]);
  });

  it.each<[Schema, boolean]>([
    [{ type: 'integer', minimum: 0 }, true],
    [{ type: 'integer', minimum: 1 }, false],
    [{ type: 'number', exclusiveMinimum: 0 }, false],
    [{ anyOf: [{ type: 'number', minimum: 0 }, { type: 'null' }] }, true],
    [{ type: 'string' }, true],
    [{ type: 'string', minLength: 1 }, false],
    [{ type: 'string', enum: ['a'] }, false],
    [{ type: 'boolean' }, true],
    [{ type: 'array', items: {} }, false],
  ])('of %j, zero is a value: %s', (schema, allowsZero) => {
    expect(fieldsOf(schema)).toMatchObject([{ allowsZero }]);
  });

  it('names inline types by their title, else by parent and field', () => {
    const model = read({
      Thing: {
        type: 'object',
        required: ['cost_sats'],
        properties: {
          cost_sats: { type: 'object', properties: { held: { type: 'integer' } } },
          mode: { type: 'string', enum: ['live', 'test'], title: 'Mode' },
          parts: {
            type: 'array',
            items: { type: 'object', title: 'Part', properties: { id: { type: 'string' } } },
          },
        },
      },
    });
    expect(model.definitions.map(({ name, kind }) => [name, kind])).toEqual([
      ['Mode', 'enum'],
      ['Part', 'object'],
      ['Thing', 'object'],
      ['ThingCostSats', 'object'],
    ]);
    expect(model.get('Thing')).toMatchObject({
      fields: [
        { name: 'cost_sats', required: true, type: { kind: 'ref', name: 'ThingCostSats' } },
        { name: 'mode', required: false, type: { kind: 'ref', name: 'Mode' } },
        { name: 'parts', type: { kind: 'array', items: { kind: 'ref', name: 'Part' } } },
      ],
    });
  });

  it('makes a union of objects a type of its own', () => {
    const variant = (action: string): Schema => ({
      type: 'object',
      title: `On_${action}`,
      properties: { action: { type: 'string', const: action } },
    });
    const model = read({
      Thing: {
        type: 'object',
        properties: { next: { oneOf: [variant('stop'), variant('go')], title: 'Next' } },
      },
    });
    expect(model.get('Next')).toMatchObject({ kind: 'union', variants: ['On_stop', 'On_go'] });
  });

  it('is one type where it is sent as it is answered, and knows that it is both', () => {
    const rule: Schema = { type: 'object', properties: { id: { type: 'string' } } };
    const model = read({
      RuleInput: { ...rule, additionalProperties: false },
      Answer: {
        type: 'object',
        properties: { rules: { type: 'array', items: { ...rule, title: 'Rule' } } },
      },
      CreateInput: {
        type: 'object',
        properties: { rule: { $ref: '#/components/schemas/RuleInput' } },
      },
    });
    expect(model.get('Rule')).toMatchObject({ sent: true, answered: true });
    expect(model.get('Answer')).toMatchObject({ sent: false, answered: true });
    expect(model.get('Create')).toMatchObject({
      fields: [{ type: { kind: 'ref', name: 'Rule' } }],
    });
  });

  it('says of a type what is said most often, and of a field what differs', () => {
    const mode = (description: string): Schema => ({
      type: 'string',
      enum: ['live'],
      title: 'Mode',
      description,
    });
    const model = read({
      Thing: {
        type: 'object',
        properties: { a: mode('Where.'), b: mode('Where.'), c: mode('Where it was.') },
      },
    });
    expect(model.get('Mode').description).toBe('Where.');
    const thing = model.get('Thing');
    const said = thing.kind === 'object' ? thing.fields.map((field) => field.description) : [];
    expect(said).toEqual([undefined, undefined, 'Where it was.']);
  });

  it('refuses two types of one name, and a component that nobody named', () => {
    const one = (type: string): Schema => ({
      type: 'object',
      title: 'Same',
      properties: { x: { type } },
    });
    expect(() =>
      read({ Thing: { type: 'object', properties: { a: one('string'), b: one('integer') } } }),
    ).toThrow('Two different types are called Same');
    const names = { requests: {}, objects: {}, leftOut: new Set<string>() };
    expect(() => readModel({ Thing: { type: 'object' } }, names)).toThrow(
      'The component Thing has no name in the SDKs',
    );
  });
});
