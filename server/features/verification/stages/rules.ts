/**
 * Stage 2: the task type's own rules, JSON Logic over `{payload, output}`. A rule that cannot be
 * run is the customer's mistake, never the worker's: a reviewer looks at the answer then.
 */
import { ruleProblem } from '../rule-check';
import type { Json, JsonObject, Rule, Stage } from '../stage';
import { holds, withLogicBudget } from './run-logic';

export type RuleOutcome =
  | { id: string; outcome: 'holds' | 'not_applicable' }
  | { id: string; outcome: 'broken'; message: string }
  | { id: string; outcome: 'error'; error: string };

/**
 * Runs rules on one answer, under one budget; past it, they are errors. Takes long on large answers,
 * so it runs in a thread; the dashboard tests rules on past answers with it. Never throws.
 */
export function runRules(rules: readonly Rule[], payload: JsonObject, output: Json): RuleOutcome[] {
  return withLogicBudget(() => rules.map((rule) => runRule(rule, payload, output)));
}

function runRule(rule: Rule, payload: JsonObject, output: Json): RuleOutcome {
  const { id } = rule;
  const problem = ruleProblem(rule);
  if (problem) return { id, outcome: 'error', error: `The rule ${problem}.` };
  const data = { payload, output };
  try {
    if (rule.when !== undefined && !holds(rule.when, data)) {
      return { id, outcome: 'not_applicable' };
    }
    if (holds(rule.require, data)) return { id, outcome: 'holds' };
    return { id, outcome: 'broken', message: rule.message };
  } catch (error) {
    return { id, outcome: 'error', error: error instanceof Error ? error.message : String(error) };
  }
}

export const rulesStage: Stage = {
  name: 'rules',
  applies: (ctx) => ctx.task.rules.length > 0,
  run(ctx) {
    const { payload, rules } = ctx.task;
    const outcomes = runRules(rules, payload, ctx.answer.output);
    const broken = outcomes.filter((outcome) => outcome.outcome === 'broken');
    const failed = outcomes.filter((outcome) => outcome.outcome === 'error');
    const score = 1 - (broken.length + failed.length) / outcomes.length;
    const details = { rules: outcomes.map((outcome) => ({ ...outcome })) };
    if (broken.length > 0) {
      const message = broken.map((outcome) => outcome.message).join(' ');
      const reason = { code: 'rule_broken', message };
      return { stage: 'rules', verdict: 'reject', score, reason, details };
    }
    if (failed.length > 0) {
      const names = failed.map((outcome) => outcome.id).join(', ');
      const reason = {
        code: 'rule_error',
        message: `A reviewer looks at the answer, because these rules could not be run: ${names}.`,
      };
      return { stage: 'rules', verdict: 'need_review', score, reason, details };
    }
    return { stage: 'rules', verdict: 'pass', score, details };
  },
};
