import { describe, expect, it } from 'vitest';
import { stageContext } from '../fixtures/stage-context';
import { judge } from '../judge';
import { ruleProblem } from '../rule-check';
import type { Judgement, Rule } from '../stage';
import { runRules } from './rules';

function kinds(judgement: Judgement): string {
  return judgement.verdicts.map((verdict) => verdict.verdict).join(' ');
}

const LONG_NOTES: Rule = {
  id: 'notes',
  when: { '==': [{ var: 'output.verdict' }, 'uncertain'] },
  require: { '>=': [{ var: 'output.score' }, 5] },
  message: 'Give a score of at least 5.',
};

describe('schema and rules', () => {
  it('a misfit is rejected with the places at fault, and nothing else is asked', () => {
    const judgement = judge(
      stageContext({
        validateOutput: () => ({
          ok: false,
          errors: [{ pointer: '/verdict', message: 'is missing' }],
        }),
      }),
    );
    expect(kinds(judgement)).toBe('reject skipped skipped skipped skipped skipped');
    expect(judgement.outcome).toBe('reject');
    expect(judgement.reason?.message).toContain('/verdict is missing');
    expect(judgement).not.toHaveProperty('output');
  });

  it('a broken rule is rejected with its message', () => {
    const answer = { output: { verdict: 'uncertain', score: 2 } };
    const judgement = judge(stageContext({ task: { rules: [LONG_NOTES] }, answer }));
    expect(judgement).toMatchObject({
      outcome: 'reject',
      reason: { code: 'rule_broken', message: LONG_NOTES.message },
    });
  });

  it('a rule that cannot run asks for a reviewer and names itself', () => {
    const rules = [{ id: 'odd', require: { frobnicate: [1] }, message: 'm' }];
    const judgement = judge(stageContext({ task: { rules } }));
    expect(judgement.outcome).toBe('need_review');
    expect(judgement.reason).toMatchObject({ code: 'rule_error' });
    expect(judgement.reason?.message).toContain('odd');
  });

  it.each<[string, Rule['require']]>([
    ['an unknown operator', { log: 'x' }],
    ['a dotted operator', { 'cat.constructor': ['return 1'] }],
    ['text built in a loop', { map: [{ var: 'payload.x' }, { cat: [{ var: '' }, { var: '' }] }] }],
    ['computed names', { missing: { var: 'payload.names' } }],
    ['an object with two keys', { '==': [1, 1], '!=': [1, 2] }],
    ['too many parts', { and: Array.from({ length: 400 }, () => true) }],
  ])('refuses %s instead of running it', (_, require) => {
    const rule = { id: 'r', require, message: 'm' };
    expect(ruleProblem(rule)).not.toBeNull();
    expect(runRules([rule], {}, {})).toMatchObject([{ outcome: 'error' }]);
  });
});

describe('rules over long lists', () => {
  const list = Array.from({ length: 40_000 }, (_, i) => i % 10);
  const comparisons = Array.from({ length: 45 }, (_, i) => ({ '<': [{ var: '' }, 1_000 + i] }));
  const all = (id: string): Rule => ({
    id,
    require: { all: [{ var: 'output.list' }, { and: comparisons }] },
    message: 'Too large.',
  });

  it('are stopped by a budget, and a reviewer looks at the answer', () => {
    const rules = ['a', 'b', 'c', 'd'].map(all);
    const start = process.cpuUsage().user;
    const judgement = judge(stageContext({ task: { rules }, answer: { output: { list } } }));
    expect((process.cpuUsage().user - start) / 1_000).toBeLessThan(1_000);
    expect(judgement).toMatchObject({ outcome: 'need_review', reason: { code: 'rule_error' } });
    expect(judgement.verdicts[1]?.details).toMatchObject({
      rules: [
        { outcome: 'error', error: expect.stringContaining('loop over shorter lists') },
        {},
        {},
        {},
      ],
    });
  });

  it('are run to the end where they fit the budget, and each answer has its own', () => {
    const output = { list: list.slice(0, 1_000) };
    for (let answer = 0; answer < 5; answer++) {
      expect(runRules([all('a')], {}, output)).toEqual([{ id: 'a', outcome: 'holds' }]);
    }
  });
});
