/**
 * Stage 2: the task type's own rules, JSON Logic over `{payload, output}`, and the verdict of its
 * check URL, which was called before. A rule that cannot run is the customer's mistake, never the
 * worker's: a reviewer then decides.
 */
import { ruleProblem } from '../rule-check';
import type { Json, JsonObject, Rule, Stage, StageContext, Verdict } from '../stage';
import { holds, withLogicBudget } from './run-logic';

export type RuleOutcome =
  | { id: string; outcome: 'holds' | 'not_applicable' }
  | { id: string; outcome: 'broken'; message: string }
  | { id: string; outcome: 'error'; error: string };

/**
 * Runs rules on one answer, with a shared budget; rules beyond it are errors. Slow on large
 * answers, so it runs in a thread; the dashboard also uses it to test rules on past answers. Never
 * throws.
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

const CHECK_WORDS = {
  reject: "The answer did not pass the customer's check.",
  review: "A reviewer will check the answer, because the customer's check requested it.",
};

/** The check URL's verdict; null if it passed the answer, or was not called. */
function checkVerdict({ check }: StageContext['answer']): Omit<Verdict, 'stage'> | null {
  if (!check || check.verdict === 'pass') return null;
  if (check.verdict === 'reject') {
    const reason = { code: 'check_rejected', message: check.message || CHECK_WORDS.reject };
    return { verdict: 'reject', score: 0, reason };
  }
  // Workers need not know why a customer's server failed.
  const reason =
    check.verdict === 'review'
      ? { code: 'check_review', message: check.message || CHECK_WORDS.review }
      : { code: 'check_unreachable', message: CHECK_WORDS.review };
  return { verdict: 'need_review', score: null, reason };
}

export const rulesStage: Stage = {
  name: 'rules',
  applies: (ctx) => ctx.task.rules.length > 0 || ctx.answer.check !== undefined,
  run(ctx) {
    const own = judgeRules(ctx);
    const { check } = ctx.answer;
    if (!check) return own;
    const details = { ...own.details, check: { ...check } };
    const checked = own.verdict === 'reject' ? null : checkVerdict(ctx.answer);
    // If both request a review, the rule's reason comes first.
    const isFirst = own.verdict === 'need_review' && checked?.verdict !== 'reject';
    return { ...own, ...(isFirst ? {} : checked), details };
  },
};

function judgeRules(ctx: StageContext): Verdict {
  const { payload, rules } = ctx.task;
  if (rules.length === 0) return { stage: 'rules', verdict: 'pass', score: 1 };
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
      message: `A reviewer will check the answer, because these rules could not run: ${names}.`,
    };
    return { stage: 'rules', verdict: 'need_review', score, reason, details };
  }
  return { stage: 'rules', verdict: 'pass', score, details };
}
