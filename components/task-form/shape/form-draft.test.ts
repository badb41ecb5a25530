import { describe, expect, test } from 'vitest';
import { answerOfDraft, faultsOfAnswer } from './answer-of';
import { type FormDraft, readDraft, writeDraft } from './draft';
import {
  addEntry,
  addItem,
  chooseVariant,
  type Edit,
  moveItem,
  removeItem,
  renameEntry,
  setValue,
} from './edit-draft';
import { fieldScope, resolveShape } from './resolve-shape';
import { listOf, ownOf, type Schema, unnamedKey } from './schema-parts';
import { itemSchemaOf, startDraft } from './settle-draft';

const text = { type: 'string' };
const group = (properties: object, more: object = {}) => ({ type: 'object', properties, ...more });

/** A form in the hands of a worker. Places are given by their steps, as the page finds them. */
class Hands {
  draft: FormDraft;

  constructor(
    private schema: Schema,
    value?: unknown,
  ) {
    this.draft = startDraft(schema, value);
  }

  private at(path: (string | number)[]) {
    let part: unknown = this.schema;
    let value: unknown = this.draft.data;
    let scope = '';
    for (const step of path) {
      const place = { root: this.schema, chosen: this.draft.chosen, scope };
      const shape = resolveShape(part, value, place);
      if (typeof step === 'number') {
        part = itemSchemaOf(shape.schema, step);
        scope = `${scope}/${step}`;
        value = listOf(value)[step];
      } else {
        const field = shape.fields.find(({ name }) => name === step);
        part = field?.schema ?? shape.schema.additionalProperties;
        scope = fieldScope(scope, step, field?.identity ?? '');
        value = ownOf(value, step);
      }
    }
    const place = { root: this.schema, chosen: this.draft.chosen, scope };
    return { part, spot: { path, scope }, shape: resolveShape(part, value, place) };
  }

  /** Applies an edit, and puts the draft through JSON, as a reload would. */
  do(edit: Edit) {
    const next = edit(this.draft, this.schema);
    this.draft = readDraft(JSON.parse(JSON.stringify(writeDraft(next))));
    return this;
  }

  type(path: (string | number)[], value: unknown) {
    return this.do(setValue(this.at(path).spot, value));
  }

  choose(path: (string | number)[], title: string | null) {
    const { part, spot, shape } = this.at(path);
    const [union] = shape.unions;
    const index = title === null ? null : (union?.titles.indexOf(title) ?? null);
    return this.do(chooseVariant(spot, part, union?.key ?? '', index));
  }

  add(path: (string | number)[]) {
    const { spot, shape } = this.at(path);
    return this.do(addItem(spot, itemSchemaOf(shape.schema, 0)));
  }

  move(path: (string | number)[], index: number, by: 1 | -1) {
    return this.do(moveItem(this.at(path).spot, index, by));
  }

  remove(path: (string | number)[], index: number) {
    return this.do(removeItem(this.at(path).spot, index));
  }

  name(path: (string | number)[], from: string, to: string) {
    return this.do(renameEntry(this.at(path).spot, from, to));
  }

  entry(path: (string | number)[], key: string) {
    const { spot, shape } = this.at(path);
    return this.do(addEntry(spot, key, shape.schema.additionalProperties));
  }

  get answer() {
    return answerOfDraft(this.schema, this.draft).value;
  }

  get faults() {
    const found = faultsOfAnswer(this.schema, answerOfDraft(this.schema, this.draft));
    return found.map(({ pointer, message }) => `${pointer} ${message}`);
  }
}

const kinds = group(
  { kind: { enum: ['a', 'b'] } },
  {
    oneOf: [
      group({ kind: { const: 'a' }, value: { type: 'number' } }, { required: ['value'] }),
      group({ kind: { const: 'b' }, value: text }, { required: ['value'] }),
    ],
  },
);

describe('branches', () => {
  test('what a branch brought goes with it and comes back with it', () => {
    const hands = new Hands(kinds);
    hands.type(['kind'], 'a').type(['value'], 1.5).type(['kind'], 'b');
    expect(hands.answer).toEqual({ kind: 'b' });
    expect(hands.faults).toEqual(['/value This is needed.']);
    hands.type(['value'], 'text').type(['kind'], 'a');
    expect(hands.answer).toEqual({ kind: 'a', value: 1.5 });
    expect(hands.type(['kind'], 'b').answer).toEqual({ kind: 'b', value: 'text' });
  });

  test('a branch that narrows choices keeps a choice that it takes too', () => {
    const hands = new Hands({
      ...group({ fast: { type: 'boolean' }, by: { enum: ['air', 'sea', 'rail'] } }),
      if: { properties: { fast: { const: true } }, required: ['fast'] },
      // biome-ignore lint/suspicious/noThenProperty: the keyword's name
      then: { properties: { by: { enum: ['air', 'rail'] } } },
    });
    hands.type(['by'], 'rail').type(['fast'], true);
    expect(hands.answer).toEqual({ fast: true, by: 'rail' });
    hands.type(['fast'], false).type(['by'], 'sea').type(['fast'], true);
    expect(hands.answer).toEqual({ fast: true, by: 'rail' });
    expect(hands.type(['fast'], false).answer).toEqual({ fast: false, by: 'sea' });
  });

  test('defaults come when a branch is met first, and stay away once they were taken out', () => {
    const hands = new Hands({
      ...group({ more: { type: 'boolean' } }),
      dependentSchemas: { more: group({ unit: { ...text, default: 'kg' } }) },
    });
    expect(hands.answer).toEqual({});
    expect(hands.type(['more'], true).answer).toEqual({ more: true, unit: 'kg' });
    hands.type(['unit'], undefined).type(['more'], undefined).type(['more'], false);
    expect(hands.answer).toEqual({ more: false });
  });

  test('a condition on a default holds from the start', () => {
    const schema = {
      ...group({ kind: { enum: ['a', 'b'], default: 'a' } }),
      if: { properties: { kind: { const: 'a' } }, required: ['kind'] },
      // biome-ignore lint/suspicious/noThenProperty: the keyword's name
      then: group({ size: { type: 'integer', default: 3 } }),
    };
    expect(new Hands(schema).answer).toEqual({ kind: 'a', size: 3 });
  });

  test('a branch that adds fields to a group leaves what is in the group', () => {
    const hands = new Hands({
      ...group({ abroad: { type: 'boolean' }, address: group({ street: text }) }),
      if: { properties: { abroad: { const: true } }, required: ['abroad'] },
      // biome-ignore lint/suspicious/noThenProperty: the keyword's name
      then: { properties: { address: group({ country: text }, { required: ['country'] }) } },
    });
    hands.type(['address', 'street'], 'Elm 1').type(['abroad'], true);
    expect(hands.faults).toEqual(['/address/country This is needed.']);
    hands.type(['address', 'country'], 'FR').type(['abroad'], false);
    expect(hands.answer).toEqual({ abroad: false, address: { street: 'Elm 1' } });
    hands.type(['abroad'], true);
    expect(hands.answer).toEqual({ abroad: true, address: { street: 'Elm 1', country: 'FR' } });
  });
});

describe('unions', () => {
  const value = { anyOf: [{ type: 'integer' }, { type: 'boolean' }, { type: 'null' }] };

  test('nothing is chosen before the worker chooses, and a choice can be taken back', () => {
    const hands = new Hands(group({ value }, { required: ['value'] }));
    expect(hands.answer).toEqual({});
    expect(hands.faults).toEqual(['/value Choose one: Whole number, Yes or no, None.']);
    hands.choose(['value'], 'Whole number').type(['value'], 3).choose(['value'], 'None');
    expect(hands.answer).toEqual({ value: null });
    expect(hands.choose(['value'], 'Whole number').answer).toEqual({ value: 3 });
    expect(hands.choose(['value'], null).answer).toEqual({});
  });

  test('an item or entry without a choice is a fault, also after a reload', () => {
    const list = new Hands({ type: 'array', items: value }).add([]);
    expect(list.faults).toEqual(['/0 Choose one: Whole number, Yes or no, None.']);
    const map = new Hands({ type: 'object', additionalProperties: value }).entry([], 'a');
    expect(map.faults).toEqual(['/a Choose one: Whole number, Yes or no, None.']);
  });

  test('faults are those of the chosen variant', () => {
    const hands = new Hands({
      oneOf: [
        group({ a: text }, { required: ['a'], title: 'A' }),
        group({ b: text, c: text }, { required: ['b', 'c'], title: 'B' }),
      ],
    });
    expect(hands.choose([], 'B').type(['b'], 'x').faults).toEqual(['/c This is needed.']);
  });

  test('an answer to correct shows its variant, and editing it does not change that', () => {
    const schema = {
      anyOf: [
        group({ a: text }, { required: ['a'], title: 'One' }),
        group({ a: text, b: text }, { title: 'Two' }),
      ],
    };
    const hands = new Hands(schema, { a: 'x', b: 'y' });
    expect(hands.type(['b'], undefined).type(['b'], 'z').answer).toEqual({ a: 'x', b: 'z' });
  });
});

describe('lists and maps', () => {
  test('what was typed into a row goes with the row', () => {
    const hands = new Hands(group({ rows: { type: 'array', items: kinds } }));
    hands.add(['rows']).add(['rows']).add(['rows']);
    hands.type(['rows', 0, 'kind'], 'a').type(['rows', 0, 'value'], 1);
    hands.type(['rows', 0, 'kind'], 'b').type(['rows', 0, 'value'], 'one');
    hands.type(['rows', 2, 'kind'], 'b').type(['rows', 2, 'value'], 'three');
    hands.remove(['rows'], 1).move(['rows'], 0, 1);
    expect(hands.answer).toEqual({
      rows: [
        { kind: 'b', value: 'three' },
        { kind: 'b', value: 'one' },
      ],
    });
    expect(hands.type(['rows', 1, 'kind'], 'a').answer).toEqual({
      rows: [
        { kind: 'b', value: 'three' },
        { kind: 'a', value: 1 },
      ],
    });
  });

  test('entries without a usable name are kept in the draft, and are not in the answer', () => {
    const hands = new Hands({ type: 'object', additionalProperties: text });
    const key = unnamedKey(1, '');
    hands.entry([], key).type([key], 'kept');
    expect(hands.answer).toEqual({});
    hands.name([], key, '__proto__');
    expect(Object.entries(hands.answer as object)).toEqual([['__proto__', 'kept']]);
    expect(hands.name([], '__proto__', 'constructor').answer).toEqual({ constructor: 'kept' });
  });

  test('nothing is invented: not a map, not a boolean, not an optional group', () => {
    const schema = group({
      ok: { type: 'boolean' },
      m: { type: 'object', additionalProperties: text },
      g: group({ country: { ...text, default: 'DE' }, street: text }, { required: ['street'] }),
      l: { type: 'array', items: text, minItems: 3 },
      pair: { type: 'array', prefixItems: [text, { type: 'boolean' }], minItems: 2 },
    });
    expect(new Hands(schema).answer).toEqual({});
  });

  test('a gap in a tuple is a fault at its place', () => {
    const hands = new Hands(
      group({ p: { type: 'array', prefixItems: [text, text], minItems: 2 } }, { required: ['p'] }),
    );
    hands.type(['p', 1], 'b');
    expect(hands.answer).toEqual({ p: [null, 'b'] });
    expect(hands.faults).toEqual(['/p/0 Fill this in, or remove it.']);
  });
});
