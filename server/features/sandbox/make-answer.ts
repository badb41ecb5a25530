import { compileOutputValidator } from '@/server/platform/json-schema/output-validator';
import { AnswerBudget } from './answer-budget';
import { generateAnswer } from './generate-answer';
import { randomFrom } from './random';
import type { Part, Script } from './script';

/**
 * How answers are judged; implemented by the verification feature and passed to the worker thread.
 */
export interface AnswerJudge {
  keepsRules: (output: unknown) => boolean;
  /** Whether two answers agree where it counts. */
  sayAlike: (one: unknown, other: unknown) => boolean;
}

/** An answer, or why there is none. */
export type MadeAnswer = { output: unknown } | { missing: string };

const NOT_FOUND = 'No answer could be generated from output_schema; provide one in sandbox.answer.';

/** Attempts to generate an answer that also satisfies the type's rules. */
const TRIES = 60;
/** Attempts to find another value for one field. */
const FIELD_TRIES = 20;

type Fields = Record<string, unknown>;

const isFields = (value: unknown): value is Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/**
 * Generates a worker's answer: the one its script prescribes, else the scripted or seeded answer
 * with the worker's accuracy. In an answer with several fields, each is right with that
 * probability, independently. A wrong answer differs in a field that counts.
 * @param turn the worker's seat in the crowd, else 0 for the task's first assignment
 */
export function makeAnswer(
  script: Script,
  part: Part,
  turn: number,
  schema: Record<string, unknown>,
  judge: AnswerJudge,
): MadeAnswer {
  const { seed } = script;
  if (part.answers) return { output: part.answers[Math.min(part.round, part.answers.length - 1)] };
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
  const { accuracy = 1 } = part;
  const isRight = (...words: string[]) => randomFrom(seed, turn, 'vote', ...words)() < accuracy;
  if ('missing' in right || accuracy === 1) return right;
  const wrong = () => {
    const other = firstOf((output) => !judge.sayAlike(right.output, output), turn, 'wrong');
    return 'missing' in other ? right : other;
  };
  if (!isFields(right.output)) return isRight() ? right : wrong();

  const said: Fields = { ...right.output };
  for (const field of Object.keys(right.output).filter((name) => !isRight(name))) {
    const other = otherValue(right.output, field, { schema, judge, budget, seed, turn });
    if (other) said[field] = other.value;
  }
  const fits = compileOutputValidator(schema)(said).ok && judge.keepsRules(said);
  return fits ? { output: said } : wrong();
}

interface Making {
  schema: Record<string, unknown>;
  judge: AnswerJudge;
  budget: AnswerBudget;
  seed: string;
  turn: number;
}

/** Another value of one field that makes the answer disagree; null if none is found. */
function otherValue(
  right: Fields,
  field: string,
  { schema, judge, budget, seed, turn }: Making,
): { value: unknown } | null {
  const saysElse = (value: unknown) => !judge.sayAlike(right, { ...right, [field]: value });
  if (typeof right[field] === 'boolean') {
    return saysElse(!right[field]) ? { value: !right[field] } : null;
  }
  for (let attempt = 0; attempt < FIELD_TRIES && !budget.isSpent; attempt++) {
    const made = generateAnswer(schema, randomFrom(seed, turn, 'wrong', field, attempt), budget);
    if (isFields(made) && field in made && saysElse(made[field])) return { value: made[field] };
  }
  return null;
}
