import { describe, expect, it } from 'vitest';
import { faultsOfRules } from './check-rules';
import type { Rule } from './schema';

const rule = (require: Rule['require'], more: Partial<Rule> = {}): Rule => ({
  id: 'r',
  require,
  message: 'Mend it.',
  ...more,
});

describe('rules are refused before they are saved', () => {
  it.each<[string, Rule[], string, string]>([
    ['an unknown operator', [rule({ log: 'x' })], 'rules.0.require', '"log"'],
    [
      'an unknown operator deep inside a condition',
      [rule(true, { when: { and: [true, { not: [{ var: 'output.a' }] }] } })],
      'rules.0.when',
      '"not"',
    ],
    [
      'a name that leads nowhere',
      [rule({ '==': [{ var: 'verdict' }, 'x'] })],
      'rules.0.require',
      '"verdict", which is always empty',
    ],
    ['two rules of one id', [rule(true), rule(true)], 'rules.1.id', 'Two rules have the id "r"'],
    [
      'more than can be run',
      [rule({ and: Array.from({ length: 400 }, () => true) })],
      'rules.0.require',
      'more than 300 parts',
    ],
    [
      'two halves that are too much together',
      [
        rule(
          { and: Array.from({ length: 200 }, () => true) },
          { when: { and: Array.from({ length: 200 }, () => true) } },
        ),
      ],
      'rules.0',
      'more than 300 parts',
    ],
  ])('for %s', (_case, rules, param, words) => {
    const faults = faultsOfRules(rules);
    expect(faults).toHaveLength(1);
    expect(faults[0]).toMatchObject({ param, code: 'invalid_field' });
    expect(faults[0]?.message).toContain(words);
  });

  it('all at once, so that one answer names every fault', () => {
    const faults = faultsOfRules([rule({ log: 1 }), rule({ var: 'x' }, { id: 's' })]);
    expect(faults.map(({ param }) => param)).toEqual(['rules.0.require', 'rules.1.require']);
  });
});

it('rules may read payload, output, and the items of a loop by their own names', () => {
  const loop: Rule['require'] = { all: [{ var: 'output.items' }, { '>': [{ var: 'price' }, 0] }] };
  const rules = [
    rule(loop),
    rule({ '==': [{ var: ['output.a', 0] }, { var: 'payload.b' }] }, { id: 's' }),
    rule({ '!!': { var: 'output' } }, { id: 't' }),
  ];
  expect(faultsOfRules(rules)).toEqual([]);
});
