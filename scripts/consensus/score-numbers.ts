import { estimateNumbers, voteTable } from '@/server/features/verification/consensus';
import { type AnswerRow, UsageError } from './read-votes';

export interface NumberReport {
  /** Mean distance from the truth, in percent of the true values' range. */
  error_percent: number | null;
  scored: number;
  golds: number;
  tasks: { task: string; value: number; standard_error: number }[];
}

/** Same, for numbers. */
export function scoreNumbers(
  answers: readonly AnswerRow[],
  truth: ReadonlyMap<string, string>,
  golds: ReadonlySet<string>,
): NumberReport {
  const { tasks, workers, task, worker } = voteTable(answers);
  const value = Float64Array.from(answers, ({ task: name, label }) => numberOf(label, name));
  const known = Float64Array.from(tasks, (name) =>
    golds.has(name) ? numberOf(truth.get(name) ?? '', name) : Number.NaN,
  );
  const estimate = estimateNumbers({ tasks, workers, task, worker, value }, known);
  const numbers = [...truth].map(([name, label]) => numberOf(label, name));
  const range = Math.max(...numbers) - Math.min(...numbers);
  const errors = tasks.flatMap((name, t) => {
    const right = truth.get(name);
    if (right === undefined || golds.has(name)) return [];
    return [Math.abs((estimate.value[t] ?? 0) - Number(right))];
  });
  const mean = errors.reduce((sum, error) => sum + error, 0) / errors.length;
  return {
    error_percent: errors.length > 0 && range > 0 ? (100 * mean) / range : null,
    scored: errors.length,
    golds: tasks.filter((name) => golds.has(name)).length,
    tasks: tasks.map((name, t) => ({
      task: name,
      value: estimate.value[t] ?? Number.NaN,
      standard_error: estimate.standardError[t] ?? Number.NaN,
    })),
  };
}

function numberOf(label: string, task: string): number {
  const number = label === '' ? Number.NaN : Number(label);
  if (!Number.isFinite(number)) {
    throw new UsageError(`Task ${task} has "${label}", which is not a number.`);
  }
  return number;
}
