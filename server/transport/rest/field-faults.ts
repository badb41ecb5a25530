import type { ZodType, z } from 'zod';
import type { FieldFault } from '@/server/platform/errors';
import { unstorableFaults } from '@/server/platform/storable';

type Issue = z.core.$ZodIssue;
type RawIssue = z.core.$ZodRawIssue;

const TYPE_WORDS: Record<string, string> = {
  string: 'a string',
  number: 'a number',
  int: 'a whole number',
  boolean: 'true or false',
  object: 'an object',
  record: 'an object',
  array: 'a list',
  null: 'null',
  date: 'a time such as 2026-01-31T12:00:00Z',
};

const FORMAT_WORDS: Record<string, string> = {
  url: 'a URL',
  email: 'an e-mail address',
  uuid: 'a UUID',
  datetime: 'a time such as 2026-01-31T12:00:00Z',
  date: 'a date such as 2026-01-31',
};

function size(issue: RawIssue, word: 'at least' | 'at most', limit: unknown): string {
  const inclusive = (issue as { inclusive?: boolean }).inclusive !== false;
  switch (issue.origin) {
    case 'string':
      return limit === 1 && word === 'at least'
        ? 'must not be empty'
        : `must be ${word} ${limit} characters long`;
    case 'array':
    case 'set':
      return `must have ${word} ${limit} ${limit === 1 ? 'item' : 'items'}`;
    default:
      if (inclusive) return `must be ${word} ${limit}`;
      return `must be ${word === 'at least' ? 'more' : 'less'} than ${limit}`;
  }
}

function list(values: readonly unknown[]): string {
  const shown = values.map((value) => JSON.stringify(value));
  if (shown.length < 2) return shown.join('');
  return `${shown.slice(0, -1).join(', ')} or ${shown.at(-1)}`;
}

/** The predicate of a sentence about the field. A schema's own message takes precedence. */
function predicate(issue: RawIssue): string | undefined {
  switch (issue.code) {
    case 'invalid_type':
      if (issue.input === undefined) return 'is required';
      return `must be ${TYPE_WORDS[String(issue.expected)] ?? `of type ${issue.expected}`}`;
    case 'too_small':
      return size(issue, 'at least', issue.minimum);
    case 'too_big':
      return size(issue, 'at most', issue.maximum);
    case 'invalid_value':
      return issue.input === undefined
        ? 'is required'
        : `must be ${list(issue.values as unknown[])}`;
    case 'invalid_format':
      return `must be ${FORMAT_WORDS[String(issue.format)] ?? `of the form ${issue.pattern ?? issue.format}`}`;
    case 'not_multiple_of':
      return `must be a multiple of ${issue.divisor}`;
    case 'invalid_union': {
      if (issue.input === undefined) return 'is required';
      const options = (issue as { options?: unknown }).options;
      return Array.isArray(options) ? `must be ${list(options)}` : 'is not of an accepted form';
    }
    default:
      return undefined;
  }
}

function isOurs(message: string): boolean {
  return /^(must|is) /.test(message);
}

function sentence(param: string, message: string): string {
  const subject = param === 'body' ? 'The body' : param;
  const text = isOurs(message) ? `${subject} ${message}` : `${subject}: ${message}`;
  return /[.!?]$/.test(text) ? text : `${text}.`;
}

function valueAt(input: unknown, path: readonly PropertyKey[]): unknown {
  return path.reduce<unknown>(
    (value, key) =>
      typeof value === 'object' && value !== null
        ? (value as Record<PropertyKey, unknown>)[key]
        : undefined,
    input,
  );
}

/** The best-matching branch of a union: its faults are deepest, then fewest. */
function nearestBranch(branches: readonly Issue[][]): Issue[] | null {
  const depth = (issues: Issue[]) => Math.max(0, ...issues.map((issue) => issue.path.length));
  const sorted = branches
    .filter((issues) => depth(issues) > 0)
    .toSorted((a, b) => depth(b) - depth(a) || a.length - b.length);
  return sorted[0] ?? null;
}

/** The accepted types, if every branch of a union rejected the value's type. */
function acceptedTypes(branches: readonly Issue[][]): string | null {
  const words = branches.map(([first]) => {
    if (first?.code !== 'invalid_type') return null;
    return TYPE_WORDS[first.expected] ?? null;
  });
  return words.length > 0 && words.every((word) => word !== null)
    ? `must be ${[...new Set(words)].join(' or ')}`
    : null;
}

function faultsOfIssue(issue: Issue, input: unknown, prefix: readonly PropertyKey[]): FieldFault[] {
  const path = [...prefix, ...issue.path];
  const dotted = path.map(String).join('.');
  const param = dotted === '' ? 'body' : dotted;
  if (issue.code === 'unrecognized_keys') {
    return issue.keys.map((key) => {
      const own = dotted === '' ? key : `${param}.${key}`;
      return { param: own, code: 'unknown_field', message: `${own} is not a known field.` };
    });
  }
  if (valueAt(input, path) === undefined && issue.code !== 'invalid_key') {
    return [{ param, code: 'missing_field', message: sentence(param, 'is required') }];
  }
  let message = issue.message;
  if (issue.code === 'invalid_union') {
    const nearest = nearestBranch(issue.errors);
    if (nearest) return nearest.flatMap((inner) => faultsOfIssue(inner, input, path));
    message = acceptedTypes(issue.errors) ?? message;
  }
  if (issue.code === 'invalid_key') {
    message = `The name of this field ${issue.issues[0]?.message ?? 'is not allowed'}`;
  }
  return [{ param, code: 'invalid_field', message: sentence(param, message) }];
}

export type Checked<T> = { ok: true; value: T } | { ok: false; faults: FieldFault[] };

/** Validates a value against a schema; each fault has a dotted path and a full sentence. */
export function checkFields<T>(schema: ZodType<T>, input: unknown): Checked<T> {
  const result = schema.safeParse(input, { error: predicate });
  if (result.success) return { ok: true, value: result.data };
  return {
    ok: false,
    faults: result.error.issues.flatMap((issue) => faultsOfIssue(issue, input, [])),
  };
}

/**
 * `checkFields` for data to be stored: also rejects text and numbers that the database cannot hold.
 */
export function checkJson<T>(schema: ZodType<T>, input: unknown): Checked<T> {
  const unstorable = unstorableFaults(input);
  const checked = checkFields(schema, input);
  if (unstorable.length === 0) return checked;
  const named = new Set(unstorable.map((fault) => fault.param));
  const others = checked.ok ? [] : checked.faults.filter((fault) => !named.has(fault.param));
  return { ok: false, faults: [...unstorable, ...others] };
}
