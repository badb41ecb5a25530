import { readFileSync } from 'node:fs';
import { parse } from 'csv-parse/sync';

/** Invalid usage; the message is shown to the user. */
export class UsageError extends Error {}

/** Rows of a CSV file with these columns, in any order; other columns are ignored. */
function readRows(file: string, columns: readonly string[]): Record<string, string>[] {
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch {
    throw new UsageError(`${file} cannot be read.`);
  }
  let rows: Record<string, string>[];
  try {
    rows = parse(text, { columns: true, bom: true, trim: true, skip_empty_lines: true });
  } catch (error) {
    throw new UsageError(`${file} is not CSV: ${(error as Error).message}`);
  }
  const [first] = rows;
  const missing = columns.find((column) => !first || !(column in first));
  if (missing)
    throw new UsageError(`${file} has no column "${missing}"; it needs ${columns.join(', ')}.`);
  return rows;
}

export interface AnswerRow {
  task: string;
  worker: string;
  label: string;
}

export function readAnswers(file: string): AnswerRow[] {
  return readRows(file, ['task', 'worker', 'label']) as unknown as AnswerRow[];
}

/** The true labels by task, in the file's order. */
export function readTruth(file: string): Map<string, string> {
  const rows = readRows(file, ['task', 'label']);
  return new Map(rows.map(({ task = '', label = '' }) => [task, label]));
}
