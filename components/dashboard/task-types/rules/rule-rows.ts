/** JSON Logic as rows that people fill in, and rows as JSON Logic. */

export const OPERATORS = [
  { value: 'is', label: 'is', needsValue: true },
  { value: 'is_not', label: 'is not', needsValue: true },
  { value: 'one_of', label: 'is one of', needsValue: true },
  { value: 'none_of', label: 'is none of', needsValue: true },
  { value: 'contains', label: 'contains', needsValue: true },
  { value: 'lacks', label: 'does not contain', needsValue: true },
  { value: 'more', label: 'is more than', needsValue: true },
  { value: 'at_least', label: 'is at least', needsValue: true },
  { value: 'less', label: 'is less than', needsValue: true },
  { value: 'at_most', label: 'is at most', needsValue: true },
  { value: 'yes', label: 'is yes', needsValue: false },
  { value: 'no', label: 'is no', needsValue: false },
  { value: 'given', label: 'is given', needsValue: false },
  { value: 'empty', label: 'is empty or no', needsValue: false },
] as const;
export type Operator = (typeof OPERATORS)[number]['value'];

export type FieldKind = 'text' | 'choice' | 'number' | 'boolean' | 'list' | 'any';

/** A field that a rule may speak of. */
export interface RuleField {
  /** `output.verdict`, as JSON Logic names it. */
  path: string;
  kind: FieldKind;
  choices: string[];
}

export interface Row {
  field: string;
  operator: Operator;
  /** As it is typed; several are divided by commas. */
  value: string;
}

/** Rows that must hold all together, or of which any one is enough. */
export interface Group {
  join: 'and' | 'or';
  rows: Row[];
}

const BY_KIND: Record<FieldKind, Operator[]> = {
  text: ['is', 'is_not', 'contains', 'lacks', 'given', 'empty'],
  choice: ['is', 'is_not', 'one_of', 'none_of', 'given', 'empty'],
  number: ['is', 'is_not', 'more', 'at_least', 'less', 'at_most'],
  boolean: ['yes', 'no'],
  list: ['contains', 'lacks', 'given', 'empty'],
  any: OPERATORS.map(({ value }) => value),
};

export function operatorsFor(kind: FieldKind): { value: Operator; label: string }[] {
  return OPERATORS.filter(({ value }) => BY_KIND[kind].includes(value)).map(({ value, label }) => ({
    value,
    label,
  }));
}

export function needsValue(operator: Operator): boolean {
  return OPERATORS.some((each) => each.value === operator && each.needsValue);
}

type Logic = unknown;

const COMPARISONS = { '>': 'more', '>=': 'at_least', '<': 'less', '<=': 'at_most' } as const;
const SYMBOLS = { more: '>', at_least: '>=', less: '<', at_most: '<=' } as const;

/** What a row says, its value read as its field's kind. */
export function logicOfRow(row: Row, kind: FieldKind): Logic {
  const field = { var: row.field };
  const value = () => literal(row.value, kind);
  const values = () => row.value.split(',').map((part) => literal(part.trim(), kind));
  switch (row.operator) {
    case 'is':
      return { '==': [field, value()] };
    case 'is_not':
      return { '!=': [field, value()] };
    case 'one_of':
      return { in: [field, values()] };
    case 'none_of':
      return { '!': { in: [field, values()] } };
    case 'contains':
      return { in: [value(), field] };
    case 'lacks':
      return { '!': { in: [value(), field] } };
    case 'yes':
      return { '==': [field, true] };
    case 'no':
      return { '==': [field, false] };
    case 'given':
      return { '!!': [field] };
    case 'empty':
      return { '!': [field] };
    default:
      return { [SYMBOLS[row.operator]]: [field, value()] };
  }
}

function literal(text: string, kind: FieldKind): unknown {
  if (kind === 'number') return text.trim() === '' ? text : Number(text);
  if (kind !== 'any') return text;
  // Of a field of which nothing is known, what looks like a number or a truth value is meant so.
  if (text === 'true' || text === 'false') return text === 'true';
  return text.trim() !== '' && Number.isFinite(Number(text)) ? Number(text) : text;
}

export function logicOfGroup(
  group: Group,
  kindOf: (field: string) => FieldKind,
): Logic | undefined {
  const parts = group.rows.map((row) => logicOfRow(row, kindOf(row.field)));
  return parts.length > 1 ? { [group.join]: parts } : parts[0];
}

/** Logic as rows; null where rows cannot say it, so that it is edited as JSON. */
export function groupOfLogic(logic: Logic): Group | null {
  if (logic === undefined || logic === true) return { join: 'and', rows: [] };
  const [operator, args] = operationOf(logic) ?? [];
  const isJoined = (operator === 'and' || operator === 'or') && Array.isArray(args);
  const rows = (isJoined ? args : [logic]).map(rowOfLogic);
  if (rows.some((row) => row === null)) return null;
  return { join: operator === 'or' ? 'or' : 'and', rows: rows as Row[] };
}

function operationOf(logic: Logic): [string, unknown] | null {
  if (typeof logic !== 'object' || logic === null || Array.isArray(logic)) return null;
  const entries = Object.entries(logic);
  return entries.length === 1 ? (entries[0] ?? null) : null;
}

function fieldOf(logic: Logic): string | null {
  const [operator, args] = operationOf(logic) ?? [];
  const name = Array.isArray(args) && args.length === 1 ? args[0] : args;
  return operator === 'var' && typeof name === 'string' ? name : null;
}

const isPlain = (value: unknown): value is string | number | boolean =>
  ['string', 'number', 'boolean'].includes(typeof value);

function rowOfLogic(logic: Logic): Row | null {
  const [operator, raw] = operationOf(logic) ?? [];
  if (operator === undefined) return null;
  const args = Array.isArray(raw) ? raw : [raw];
  if (operator === '!!' || operator === '!')
    return args.length === 1 ? rowOfTruth(operator, args[0]) : null;
  if (args.length !== 2) return null;
  return operator === 'in' ? rowOfMembership(args[0], args[1]) : rowOfComparison(operator, args);
}

function rowOfTruth(operator: '!' | '!!', inner: unknown): Row | null {
  const field = fieldOf(inner);
  if (field) return { field, operator: operator === '!' ? 'empty' : 'given', value: '' };
  return operator === '!' ? denied(rowOfLogic(inner)) : null;
}

function rowOfComparison(operator: string, [left, right]: unknown[]): Row | null {
  const field = fieldOf(left);
  if (!field || !isPlain(right)) return null;
  if (operator === '==' && typeof right === 'boolean') {
    return { field, operator: right ? 'yes' : 'no', value: '' };
  }
  if (operator === '==' || operator === '!=') {
    return { field, operator: operator === '==' ? 'is' : 'is_not', value: String(right) };
  }
  return operator in COMPARISONS
    ? { field, operator: COMPARISONS[operator as keyof typeof COMPARISONS], value: String(right) }
    : null;
}

function rowOfMembership(left: unknown, right: unknown): Row | null {
  const within = fieldOf(right);
  if (within && isPlain(left)) return { field: within, operator: 'contains', value: String(left) };
  const field = fieldOf(left);
  // A choice with a comma could not be told from two.
  const fits = (value: unknown) => isPlain(value) && !String(value).includes(',');
  if (!field || !Array.isArray(right) || !right.every(fits)) return null;
  return { field, operator: 'one_of', value: right.join(', ') };
}

function denied(row: Row | null): Row | null {
  if (row?.operator === 'one_of') return { ...row, operator: 'none_of' };
  if (row?.operator === 'contains') return { ...row, operator: 'lacks' };
  return null;
}

const DEPTH_MAX = 4;

/** The fields of a schema that a rule may speak of, nested ones too; all of them once it is normalised. */
export function fieldsOfSchema(schema: unknown, path = 'output', depth = 0): RuleField[] {
  if (typeof schema !== 'object' || schema === null || depth > DEPTH_MAX) return [];
  const { type, properties, enum: choices } = schema as Record<string, unknown>;
  if (properties && typeof properties === 'object') {
    return Object.entries(properties).flatMap(([name, part]) =>
      fieldsOfSchema(part, `${path}.${name}`, depth + 1),
    );
  }
  const types = [type].flat().filter((each) => each !== 'null');
  const texts = Array.isArray(choices) ? choices.filter((each) => typeof each === 'string') : [];
  const plain: Record<string, FieldKind> = {
    string: 'text',
    integer: 'number',
    number: 'number',
    boolean: 'boolean',
    array: 'list',
  };
  const kind = texts.length > 0 ? 'choice' : (plain[String(types[0])] ?? 'any');
  return [{ path, kind, choices: kind === 'list' ? itemChoices(schema) : texts }];
}

function itemChoices(schema: object): string[] {
  const { items } = schema as { items?: { enum?: unknown } };
  return Array.isArray(items?.enum) ? items.enum.filter((each) => typeof each === 'string') : [];
}
