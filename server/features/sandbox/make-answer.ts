import { AnswerBudget } from './answer-budget';
import { generateAnswer } from './generate-answer';
import { randomFrom } from './random';
import type { Script } from './script';

/** How answers are judged; the verification feature's, where a thread runs this. */
export interface AnswerJudge {
  keepsRules: (output: unknown) => boolean;
  /** Whether two answers say the same where it counts. */
  sayAlike: (one: unknown, other: unknown) => boolean;
}

/** An answer, or why there is none. */
export type MadeAnswer = { output: unknown } | { missing: string };

const NOT_FOUND = 'No answer could be made from output_schema; give one in sandbox.answer.';

/** How many answers are tried for one that keeps the type's rules too. */
const TRIES = 60;

/**
 * What the worker of this turn (0 for the task's first assignment) answers: the scripted answer, or
 * the one the seed gives, with that worker's accuracy; else one that says something else where it
 * counts, since another remark beside the same verdict is no other answer.
 */
export function makeAnswer(
  script: Script,
  turn: number,
  schema: Record<string, unknown>,
  judge: AnswerJudge,
): MadeAnswer {
  const seed = String(script.script.seed ?? script.taskId);
  const budget = new AnswerBudget();
  const firstOf = (accepts: (output: unknown) => boolean, ...words: (string | number)[]) => {
    for (let attempt = 0; attempt < TRIES && !budget.isSpent; attempt++) {
      const made = generateAnswer(schema, randomFrom(seed, ...words, attempt), budget);
      if (made !== undefined && judge.keepsRules(made) && accepts(made)) return { output: made };
    }
    return { missing: budget.exceeded ? AnswerBudget.reason : NOT_FOUND };
  };
  const right: MadeAnswer =
    'answer' in script.script ? { output: script.script.answer } : firstOf(() => true, 'right');
  const accuracy = script.script.workers?.[turn % script.script.workers.length]?.accuracy ?? 1;
  if ('missing' in right || randomFrom(seed, turn, 'vote')() < accuracy) return right;
  const wrong = firstOf((output) => !judge.sayAlike(right.output, output), turn, 'wrong');
  return 'missing' in wrong ? right : wrong;
}
