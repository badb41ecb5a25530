import jsonLogic, { type RulesLogic } from 'json-logic-js';
import { describe, expect, it } from 'vitest';
import { catalog } from '@/server/features/task-types/catalog';
import {
  type FieldKind,
  fieldsOfSchema,
  groupOfLogic,
  logicOfGroup,
  logicOfRow,
  OPERATORS,
  operatorsFor,
  type Row,
} from './rule-rows';

const row = (operator: Row['operator'], value = '', field = 'output.x'): Row => ({
  field,
  operator,
  value,
});

const holds = (logic: unknown, x: unknown) =>
  jsonLogic.truthy(jsonLogic.apply(logic as RulesLogic, { output: { x } }));

describe('a row', () => {
  it.each<[Row, FieldKind, unknown[], unknown[]]>([
    [row('is', 'a'), 'text', ['a'], ['b', null, '']],
    [row('is_not', 'a'), 'text', ['b', null], ['a']],
    [row('one_of', 'a, b'), 'choice', ['a', 'b'], ['c', null]],
    [row('none_of', 'a, b'), 'choice', ['c'], ['a', 'b']],
    [row('contains', 'lo'), 'text', ['hello'], ['hi', null]],
    [row('lacks', 'a'), 'list', [[], ['b']], [['a', 'b']]],
    [row('contains', 'a'), 'list', [['a', 'b']], [[], ['b']]],
    [row('more', '3'), 'number', [4, 3.5], [3, 2]],
    [row('at_least', '3'), 'number', [3, 4], [2.9]],
    [row('less', '3'), 'number', [2], [3]],
    [row('at_most', '3'), 'number', [3], [4]],
    [row('is', '3'), 'number', [3], [4]],
    [row('yes'), 'boolean', [true], [false]],
    [row('no'), 'boolean', [false], [true]],
    [row('given'), 'text', ['a'], ['', null]],
    [row('empty'), 'list', [[], null], [['a']]],
  ])('%j means what it says of a %s', (given, kind, yes, no) => {
    const logic = logicOfRow(given, kind);
    for (const value of yes) expect(holds(logic, value), JSON.stringify(value)).toBe(true);
    for (const value of no) expect(holds(logic, value), JSON.stringify(value)).toBe(false);
  });

  it.each(OPERATORS.map(({ value }) => value))('with %s comes back from its logic', (operator) => {
    const needs = OPERATORS.find(({ value }) => value === operator)?.needsValue;
    const given = row(operator, needs ? '7' : '');
    expect(groupOfLogic(logicOfRow(given, 'any'))).toEqual({ join: 'and', rows: [given] });
  });

  it('offers operators by the kind of its field', () => {
    expect(operatorsFor('boolean').map(({ value }) => value)).toEqual(['yes', 'no']);
    expect(operatorsFor('number').map(({ value }) => value)).toContain('at_least');
    expect(operatorsFor('text').map(({ value }) => value)).not.toContain('at_least');
  });
});

describe('rows together', () => {
  it('are joined by and, or by or, and come back', () => {
    for (const join of ['and', 'or'] as const) {
      const group = { join, rows: [row('is', 'a'), row('given', '', 'payload.y')] };
      const logic = logicOfGroup(group, () => 'text');
      expect(Object.keys(logic as object)).toEqual([join]);
      expect(groupOfLogic(logic)).toEqual(group);
    }
    expect(logicOfGroup({ join: 'and', rows: [] }, () => 'text')).toBeUndefined();
  });

  it.each([
    { '>': [{ '+': [{ var: 'output.a' }, 1] }, 2] },
    { some: [{ var: 'output.list' }, { '==': [{ var: '' }, 1] }] },
    { '==': [{ var: 'output.a' }, { var: 'output.b' }] },
    { and: [{ '==': [{ var: 'output.a' }, 1] }, { or: [true, false] }] },
    { in: [{ var: 'output.a' }, ['one, two', 'three']] },
    { var: ['output.a', 'otherwise'] },
    false,
  ])('cannot say %j, which is left as it is', (logic) => {
    expect(groupOfLogic(logic)).toBeNull();
  });

  it('say the same as the rules that ship, where they can say them', () => {
    let said = 0;
    for (const { rules, outputSchema } of catalog) {
      const fields = fieldsOfSchema(outputSchema);
      const kindOf = (path: string) => fields.find((field) => field.path === path)?.kind ?? 'any';
      for (const { when, require } of rules) {
        for (const logic of [when, require]) {
          const group = groupOfLogic(logic);
          if (!group || logic === undefined) continue;
          said += 1;
          expect(groupOfLogic(logicOfGroup(group, kindOf))).toEqual(group);
        }
      }
    }
    expect(said).toBeGreaterThan(10);
  });
});

describe('the fields of a schema', () => {
  it('have their path, kind and choices', () => {
    const fields = fieldsOfSchema({
      type: 'object',
      properties: {
        verdict: { type: ['string', 'null'], enum: ['a', 'b', null] },
        score: { type: 'integer' },
        tags: { type: 'array', items: { type: 'string', enum: ['x'] } },
        person: { type: 'object', properties: { adult: { type: 'boolean' } } },
      },
    });
    expect(fields).toEqual([
      { path: 'output.verdict', kind: 'choice', choices: ['a', 'b'] },
      { path: 'output.score', kind: 'number', choices: [] },
      { path: 'output.tags', kind: 'list', choices: ['x'] },
      { path: 'output.person.adult', kind: 'boolean', choices: [] },
    ]);
  });
});
