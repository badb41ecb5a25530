import { isJsonObject, type JsonSchema } from './json';
import { subschemas } from './keywords';
import { withLocalReferences } from './local-references';
import {
  indexSchema,
  REFERENCE_KEYWORDS,
  type Reference,
  referencesOf,
  resolveReference,
  type SchemaIndex,
} from './references';
import { layOver, simplify } from './simplify-schema';

/** The state: reference targets, what is being inlined, and what must keep a name. */
interface Run {
  index: SchemaIndex;
  open: Set<unknown>;
  /** Recursive schemas, by their name under `$defs`. */
  recursive: Map<unknown, string>;
}

function nameFor(run: Run, target: unknown): string {
  const known = run.recursive.get(target);
  if (known) return known;
  const name = `part${run.recursive.size + 1}`;
  run.recursive.set(target, name);
  return name;
}

/** Replaces subschemas by their normalised forms. */
function replaceParts(schema: JsonSchema, run: Run): JsonSchema {
  const next: JsonSchema = { ...schema };
  const entries = new Map<string, [string, unknown][]>();
  for (const part of subschemas(schema)) {
    const replacement = normalisePart(part.schema, run);
    if (part.key === undefined) {
      next[part.keyword] = replacement;
    } else {
      const known = entries.get(part.keyword);
      if (known) known.push([part.key, replacement]);
      else entries.set(part.keyword, [[part.key, replacement]]);
    }
  }
  for (const [keyword, replaced] of entries) {
    // `fromEntries` defines even `__proto__` as an own property.
    next[keyword] = Array.isArray(schema[keyword])
      ? replaced.map(([, part]) => part)
      : Object.fromEntries([...Object.entries(schema[keyword] as JsonSchema), ...replaced]);
  }
  return next;
}

function withoutDefinitions(schema: JsonSchema): JsonSchema {
  const {
    $defs: _defs,
    definitions: _definitions,
    $anchor: _anchor,
    $dynamicAnchor: _dynamicAnchor,
    $recursiveAnchor: _recursiveAnchor,
    $id: _id,
    $schema: _draft,
    ...rest
  } = schema;
  return rest;
}

/** OpenAPI's `nullable`, which the validator applies next to a `type`. */
function withNullableType(schema: JsonSchema): JsonSchema {
  const { nullable, ...rest } = schema;
  if (nullable !== true || schema.type === undefined) return schema;
  const types = Array.isArray(schema.type) ? schema.type : [schema.type];
  return { ...rest, type: types.includes('null') ? types : [...types, 'null'] };
}

/** Converts draft-07 tuples and dependencies to 2020-12. */
function modernise(schema: JsonSchema): JsonSchema {
  const next = { ...schema };
  if (Array.isArray(next.items)) {
    next.prefixItems = next.items;
    delete next.items;
    if (next.additionalItems !== undefined) next.items = next.additionalItems;
  }
  delete next.additionalItems;
  if (isJsonObject(next.dependencies)) {
    const entries = Object.entries(next.dependencies);
    const required = entries.filter(([, value]) => Array.isArray(value));
    const schemas = entries.filter(([, value]) => !Array.isArray(value));
    if (required.length > 0) next.dependentRequired = Object.fromEntries(required);
    if (schemas.length > 0) next.dependentSchemas = Object.fromEntries(schemas);
    delete next.dependencies;
  }
  return withNullableType(next);
}

/** Merges a reference's target with the keywords next to the reference. */
function mergeBeside(target: unknown, beside: JsonSchema): unknown {
  if (Object.keys(beside).length === 0) return target;
  const merged = isJsonObject(target) ? layOver(target, beside) : null;
  if (merged) return merged;
  return { ...beside, allOf: [...(Array.isArray(beside.allOf) ? beside.allOf : []), target] };
}

function inlineReference({ target }: Reference, run: Run): unknown {
  const resolved = resolveReference(run.index, target);
  return run.open.has(resolved)
    ? { $ref: `#/$defs/${nameFor(run, resolved)}` }
    : normalisePart(resolved, run);
}

function normaliseReferences(
  schema: JsonSchema,
  references: readonly Reference[],
  run: Run,
): unknown {
  const beside = Object.fromEntries(
    Object.entries(schema).filter(([keyword]) => !isReferenceKeyword(keyword)),
  );
  const rest = normalisePart(beside, run);
  return references.reduce<unknown>(
    (merged, reference) =>
      simplifyPart(
        mergeBeside(inlineReference(reference, run), isJsonObject(merged) ? merged : {}),
      ),
    rest,
  );
}

function isReferenceKeyword(keyword: string): boolean {
  return REFERENCE_KEYWORDS.some((known) => known === keyword);
}

function simplifyPart(schema: unknown): unknown {
  return isJsonObject(schema) ? simplify(schema) : schema;
}

function normalisePart(schema: unknown, run: Run): unknown {
  if (!isJsonObject(schema)) return schema;
  run.open.add(schema);
  try {
    const references = referencesOf(schema);
    if (references.length > 0) return normaliseReferences(schema, references, run);
    return simplify(replaceParts(modernise(withoutDefinitions(schema)), run));
  } finally {
    run.open.delete(schema);
  }
}

/**
 * A simplified, equivalent schema for forms and for comparing answers: `$ref`s are inlined, `const`
 * becomes a one-value `enum`, `anyOf: [T, null]` becomes a nullable T, unions of constants become
 * one `enum` (titles in `x-enum-titles`, descriptions in `x-enum-descriptions`, also those of
 * `enumNames` and the like), a single-part `allOf` is merged, and draft-07 tuples are converted to
 * 2020-12. Only recursive schemas keep references, to `#/$defs/partN`.
 *
 * @param given one that `checkOutputSchema` accepted.
 */
export function normaliseSchema(given: JsonSchema): JsonSchema {
  const schema = withLocalReferences(given);
  const run: Run = { index: indexSchema(schema), open: new Set(), recursive: new Map() };
  const root = normalisePart(schema, run) as JsonSchema;
  const definitions: Record<string, unknown> = {};
  // Normalising one recursive part can add another, which this loop then reaches.
  for (const [target, name] of run.recursive) {
    definitions[name] = normalisePart(target, run);
  }
  return run.recursive.size === 0 ? root : { ...root, $defs: definitions };
}
