import { parse } from 'csv-parse/sync';
import { GoldContent, type GoldRow } from './schema';

/** The part of a type's schema needed to parse text cells. */
type Schema = Record<string, unknown>;

/** Parses each row of a file individually, in file order. */
export function readGoldFile(
  file: { format: 'csv' | 'jsonl'; text: string },
  schema: Schema,
): GoldRow[] {
  return file.format === 'csv' ? readCsv(file.text, schema) : readJsonLines(file.text);
}

function readJsonLines(text: string): GoldRow[] {
  return text.split(/\r?\n/).flatMap((line, index) => {
    if (line.trim() === '') return [];
    try {
      return [rowOf(index + 1, JSON.parse(line))];
    } catch {
      return [faulty(index + 1, 'This line is not JSON.')];
    }
  });
}

const PREFIXES = { payload: 'payload.', expected: 'expected.' } as const;
const WHOLE = ['payload', 'expected_output', 'explanation', 'quiz'];

/**
 * CSV columns are `payload.…` and `expected.…`, or `payload` and `expected_output` as JSON. Answer
 * cells are converted to the schema's types; payload cells stay text.
 */
function readCsv(text: string, schema: Schema): GoldRow[] {
  let records: { record: string[]; info: { lines: number } }[];
  try {
    records = parse(text, {
      bom: true,
      info: true,
      relax_column_count: true,
      skip_empty_lines: true,
    }) as never;
  } catch (error) {
    const said = error instanceof Error ? error.message : 'it cannot be parsed';
    return [faulty(1, `Invalid CSV: ${said}`)];
  }
  const [head, ...rows] = records;
  const names = head?.record.map((name) => name.trim()) ?? [];
  const unknown = names.filter(
    (name) =>
      !WHOLE.includes(name) &&
      !Object.values(PREFIXES).some((prefix) => name.startsWith(prefix) && name !== prefix),
  );
  if (unknown.length > 0) {
    return [
      faulty(
        1,
        `Columns are called payload.<field>, expected.<field>, explanation and quiz; not ${unknown.join(', ')}.`,
      ),
    ];
  }
  return rows.map(({ record, info }) => {
    if (record.length !== names.length) {
      return faulty(info.lines, `It has ${record.length} cells; the header has ${names.length}.`);
    }
    try {
      return rowOf(info.lines, goldOf(names, record, schema));
    } catch (error) {
      return faulty(info.lines, error instanceof Error ? error.message : 'It cannot be read.');
    }
  });
}

function goldOf(names: string[], cells: string[], schema: Schema): Record<string, unknown> {
  const value: Record<string, unknown> = {};
  const part = (name: string) => {
    value[name] ??= {};
    return value[name] as Record<string, unknown>;
  };
  names.forEach((name, index) => {
    const cell = cells[index] ?? '';
    if (name.startsWith(PREFIXES.payload)) {
      part('payload')[name.slice(PREFIXES.payload.length)] = cell;
    } else if (name.startsWith(PREFIXES.expected)) {
      const field = name.slice(PREFIXES.expected.length);
      const read = answerValue(cell, fieldSchema(schema, field), name);
      if (read !== undefined) part('expected_output')[field] = read;
    } else if (name === 'payload' || name === 'expected_output') {
      value[name] = jsonOf(cell, name);
    } else if (name === 'quiz') {
      value.quiz = /^(true|yes|1)$/i.test(cell.trim());
    } else {
      value[name] = cell;
    }
  });
  return value;
}

function fieldSchema(schema: Schema, field: string): Schema {
  const properties = schema.properties as Record<string, Schema> | undefined;
  return properties?.[field] ?? {};
}

/** Converts a cell to the field's type; an empty one is omitted unless the type is text. */
function answerValue(cell: string, schema: Schema, name: string): unknown {
  const types = [schema.type].flat();
  const trimmed = cell.trim();
  const takesText =
    types.includes('string') || Array.isArray(schema.enum) || types[0] === undefined;
  if (trimmed === '') return undefined;
  if (types.includes('boolean')) {
    if (/^(true|yes|1)$/i.test(trimmed)) return true;
    if (/^(false|no|0)$/i.test(trimmed)) return false;
    throw new Error(`${name} must be true or false, not "${trimmed.slice(0, 40)}".`);
  }
  if (types.includes('number') || types.includes('integer')) {
    const number = Number(trimmed);
    if (Number.isFinite(number)) return number;
    throw new Error(`${name} must be a number, not "${trimmed.slice(0, 40)}".`);
  }
  if (types.includes('array') && !trimmed.startsWith('[')) {
    return trimmed.split(';').map((item) => item.trim());
  }
  return takesText ? cell : jsonOf(trimmed, name);
}

function jsonOf(text: string, name: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new Error(`${name} should be JSON; it is "${text.slice(0, 40)}".`);
  }
}

function rowOf(line: number, value: unknown): GoldRow {
  const parsed = GoldContent.safeParse(value);
  if (parsed.success) return { line, content: parsed.data, fault: null };
  const issue = parsed.error.issues[0];
  const place = issue?.path.join('.');
  return faulty(line, `${place ? `${place}: ` : ''}${issue?.message ?? 'It is not a gold.'}`);
}

function faulty(line: number, fault: string): GoldRow {
  return { line, content: null, fault };
}
