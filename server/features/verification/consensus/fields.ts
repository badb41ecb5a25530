/** An output schema as a flat list of fields that can be agreed on separately. */
import type { Json, JsonObject } from '../stage';
import { isObject, labelKey, type Path, valueAt } from './json-value';
import { boxArrayOf } from './kinds/box-array';
import { regionShapeOf } from './kinds/regions';
import { type StructuredKind, sameStructured } from './kinds/structured';

interface Place {
  path: Path;
  /** Optional. */
  optional: boolean;
  nullable: boolean;
}

/** A number: `span` is the width of its range, `step` its multiple; null if open. */
export interface NumberShape {
  kind: 'number';
  span: number | null;
  step: number | null;
  low: number | null;
  high: number | null;
}

export type Field = Place &
  (
    | { kind: 'categorical'; labels: readonly Json[] }
    | NumberShape
    | { kind: 'date'; wholeDays: boolean }
    | { kind: 'items'; labels: readonly Json[] }
    /** An ordered list; a text compared word by word; a list of boxes or records. */
    | StructuredKind
    /** `text`: free text. `opaque`: any other open value, compared as text. */
    | { kind: 'text' }
    | { kind: 'opaque' }
  );

const DEPTH_MAX = 16;
/** A schema that contains itself in several places would expand infinitely. */
const FIELDS_MAX = 500;
/** Maximum number of choices in an answer's label. */
const LABEL_CHOICES_MAX = 50;

const unfolded = new WeakMap<JsonObject, Field[]>();

function asObject(value: Json | undefined): JsonObject | null {
  return isObject(value) ? value : null;
}

function resolveRef(schema: JsonObject, root: JsonObject): JsonObject | null {
  const ref = schema.$ref;
  if (typeof ref !== 'string') return schema;
  if (!ref.startsWith('#')) return null;
  const path = ref
    .slice(1)
    .split('/')
    .slice(1)
    .map((step) => decodeURIComponent(step).replaceAll('~1', '/').replaceAll('~0', '~'));
  return asObject(valueAt(root, path));
}

/** Removes `null` from a union; returns the remaining schema, if there is exactly one. */
function withoutNull(schema: JsonObject): { schema: JsonObject; nullable: boolean } {
  const branches = schema.anyOf ?? schema.oneOf;
  if (Array.isArray(branches)) {
    const rest = branches.filter((branch) => asObject(branch)?.type !== 'null');
    const only = rest.length === 1 ? asObject(rest[0]) : null;
    if (only) return { schema: only, nullable: rest.length < branches.length };
    const merged = mergedLabels(rest);
    if (merged) return { schema: { enum: merged }, nullable: rest.length < branches.length };
  }
  if (Array.isArray(schema.type)) {
    const rest = schema.type.filter((type) => type !== 'null');
    const [only] = rest;
    if (rest.length === 1 && only !== undefined) {
      return { schema: { ...schema, type: only }, nullable: rest.length < schema.type.length };
    }
  }
  return { schema, nullable: false };
}

/** All labels of a union of constants and enums, a common notation of titled choices. */
function mergedLabels(branches: readonly Json[]): Json[] | null {
  const labels = branches.map((branch) => {
    const choice = asObject(branch);
    return choice ? closedLabels(choice) : null;
  });
  return labels.length > 0 && labels.every((part) => part !== null) ? labels.flat() : null;
}

function closedLabels(schema: JsonObject): Json[] | null {
  if (schema.const !== undefined) return [schema.const];
  if (Array.isArray(schema.enum)) return schema.enum;
  if (schema.type === 'boolean') return [true, false];
  const branches = schema.anyOf ?? schema.oneOf;
  return Array.isArray(branches) ? mergedLabels(branches) : null;
}

function numberShape(schema: JsonObject): NumberShape {
  const step = stepOf(schema);
  const low = boundOf(schema.minimum, schema.exclusiveMinimum, step ?? 0);
  const high = boundOf(schema.maximum, schema.exclusiveMaximum, -(step ?? 0));
  const span = low !== null && high !== null && high > low ? high - low : null;
  return { kind: 'number', span, step, low, high };
}

/** @param inwards The distance of the next value from an exclusive bound. */
function boundOf(
  included: Json | undefined,
  excluded: Json | undefined,
  inwards: number,
): number | null {
  if (typeof included === 'number') return included;
  return typeof excluded === 'number' ? excluded + inwards : null;
}

function stepOf({ type, multipleOf }: JsonObject): number | null {
  const step = typeof multipleOf === 'number' && multipleOf > 0 ? multipleOf : null;
  if (type !== 'integer') return step;
  return step !== null && Number.isInteger(step) ? step : 1;
}

/** A set of choices, an order of choices or words, boxes and matchable objects, or an opaque list. */
function listKind(schema: JsonObject, items: JsonObject, name: string) {
  const box = boxArrayOf(schema, name, null);
  if (box) return { kind: 'regions', shape: { by: 'place', ...box }, single: true } as const;
  const labels = closedLabels(items);
  const isOrdered = schema.$ui === 'ranking' || schema.uniqueItems !== true;
  if (isOrdered && (labels || items.type === 'string')) return { kind: 'ranking' } as const;
  if (labels) return { kind: 'items', labels } as const;
  const shape = regionShapeOf(items, name);
  return shape ? ({ kind: 'regions', shape } as const) : ({ kind: 'opaque' } as const);
}

function leaf(schema: JsonObject, place: Place, root: JsonObject): Field {
  const labels = closedLabels(schema);
  if (labels) {
    const values = labels.filter((label) => label !== null);
    const nullable = place.nullable || values.length < labels.length;
    return { ...place, nullable, kind: 'categorical', labels: values };
  }
  if (schema.type === 'number' || schema.type === 'integer') {
    return { ...place, ...numberShape(schema) };
  }
  if (schema.type === 'string' && schema.$ui === 'transcript') {
    return { ...place, kind: 'transcript' };
  }
  if (schema.type === 'string') {
    const isDate = schema.format === 'date' || schema.format === 'date-time';
    return isDate
      ? { ...place, kind: 'date', wholeDays: schema.format === 'date' }
      : { ...place, kind: 'text' };
  }
  if (schema.type === 'array') {
    const items = resolveRef(asObject(schema.items) ?? {}, root) ?? {};
    return { ...place, ...listKind(schema, items, place.path.at(-1) ?? '') };
  }
  return { ...place, kind: 'opaque' };
}

/**
 * The fields of an output schema, with objects expanded to their leaves, in the schema's order.
 * Follows local references; unions other than "T or null" and choices, objects nested deeper than
 * 16, and objects beyond 500 fields are opaque. Memoized per schema object.
 */
export function fieldsOf(schema: JsonObject): readonly Field[] {
  const known = unfolded.get(schema);
  if (known) return known;
  const fields = unfold(schema);
  unfolded.set(schema, fields);
  return fields;
}

function unfold(schema: JsonObject): Field[] {
  const fields: Field[] = [];
  const visit = (raw: Json | undefined, place: Place): void => {
    const resolved = resolveRef(asObject(raw) ?? {}, schema) ?? {};
    const bare = withoutNull(resolved);
    const target = resolveRef(bare.schema, schema) ?? {};
    const here = { ...place, nullable: place.nullable || bare.nullable };
    const properties = asObject(target.properties);
    const full = here.path.length >= DEPTH_MAX || fields.length >= FIELDS_MAX;
    if (!properties || full || closedLabels(target)) {
      fields.push(leaf(target, here, schema));
      return;
    }
    const required = new Set(Array.isArray(target.required) ? target.required : []);
    for (const [key, child] of Object.entries(properties)) {
      visit(child, {
        path: [...here.path, key],
        optional: here.optional || here.nullable || !required.has(key),
        nullable: false,
      });
    }
  };
  visit(schema, { path: [], optional: false, nullable: false });
  return fields;
}

/** Open values never coincide by chance, so they decide only if there is no closed one. */
function isOpen(field: Field): boolean {
  return field.kind === 'text' || field.kind === 'opaque';
}

/** The fields that decide whether answers agree: closed ones, or all if there are none. */
export function decisiveFields(fields: readonly Field[]): Field[] {
  const closed = fields.filter((field) => !isOpen(field) && !isConstant(field));
  return closed.length > 0 ? closed : fields.filter((field) => !isConstant(field));
}

/** Whether two answers are equal in every deciding field. */
export function decideAlike(schema: JsonObject, one: Json, other: Json): boolean {
  return decisiveFields(fieldsOf(schema)).every((field) => {
    const [a, b] = [valueAt(one, field.path), valueAt(other, field.path)];
    if (isStructuredField(field) && a !== undefined && b !== undefined) {
      return sameStructured(field, a, b);
    }
    return labelKey(a) === labelKey(b);
  });
}

/** Whether a field's values have an inner structure for comparing and combining them. */
export function isStructuredField(field: Field): field is Place & StructuredKind {
  return field.kind === 'ranking' || field.kind === 'transcript' || field.kind === 'regions';
}

function isConstant(field: Field): boolean {
  return (
    field.kind === 'categorical' && field.labels.length <= 1 && !field.optional && !field.nullable
  );
}

/**
 * An answer's label for label statistics: the joined labels of its closed choices (the first 50).
 * Null for answers without choices.
 */
export function labelOf(schema: JsonObject, output: Json): string | null {
  return labelOfChoices(choicesOf(schema, output));
}

export function labelOfChoices(choices: readonly string[]): string | null {
  return choices.length === 0 ? null : choices.join(' ');
}

/** The labels of an answer's closed choices (the first 50), in the order of the fields. */
export function choicesOf(schema: JsonObject, output: Json): string[] {
  return fieldsOf(schema)
    .filter((field) => field.kind === 'categorical' && !isConstant(field))
    .slice(0, LABEL_CHOICES_MAX)
    .map((field) => labelKey(valueAt(output, field.path)));
}

/** The answer's free texts, joined by line breaks; empty if there are none. */
export function freeTextOf(schema: JsonObject, output: Json): string {
  return fieldsOf(schema)
    .filter((field) => field.kind === 'text')
    .map((field) => valueAt(output, field.path))
    .filter((value) => typeof value === 'string')
    .join('\n');
}
