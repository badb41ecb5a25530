import { sameJson } from '../check/assertions';
import { enumOf, isSchema, listOf, type Schema } from './schema-parts';

/** Keywords that a shape has already evaluated, or that are looked up beside it. */
const APPLICATORS = new Set([
  '$ref',
  '$defs',
  'definitions',
  'allOf',
  'anyOf',
  'oneOf',
  'if',
  'then',
  'else',
  'dependentSchemas',
  'dependentRequired',
  'dependencies',
  'properties',
  'required',
  'unevaluatedProperties',
  'unevaluatedItems',
]);

const LARGEST = new Set([
  'minimum',
  'exclusiveMinimum',
  'minLength',
  'minItems',
  'minProperties',
  'minContains',
]);
const SMALLEST = new Set([
  'maximum',
  'exclusiveMaximum',
  'maxLength',
  'maxItems',
  'maxProperties',
  'maxContains',
]);
/** Lists that run parallel to `enum`. */
const CHOICE_WORDS = [
  'x-enum-titles',
  'x-enum-descriptions',
  'enumNames',
  'x-enumNames',
  'x-enum-varnames',
  'enumDescriptions',
];

const ids = new WeakMap<object, number>();
let lastId = 0;

/** A number for a schema object, so that combinations of schemas can be remembered. */
function schemaId(schema: unknown): string {
  if (!isSchema(schema)) return String(schema);
  let id = ids.get(schema);
  if (id === undefined) {
    lastId += 1;
    id = lastId;
    ids.set(schema, id);
  }
  return String(id);
}

const combined = new WeakMap<object, Map<string, Schema>>();

function remembered(schemas: unknown[], kind: string, make: () => Schema): Schema {
  const [first] = schemas.filter(isSchema);
  if (!first) return make();
  const known = combined.get(first) ?? new Map<string, Schema>();
  combined.set(first, known);
  const key = kind + schemas.map(schemaId).join(',');
  const made = known.get(key) ?? make();
  known.set(key, made);
  return made;
}

/** All of some schemas as one; the same object for the same schemas. */
export function allOfSchemas(schemas: unknown[]): unknown {
  const telling = schemas.filter((each) => each !== true && each !== undefined);
  if (telling.length <= 1) return telling[0] ?? {};
  return remembered(telling, 'all', () => ({ allOf: telling }));
}

function mergeTypes(a: unknown, b: unknown): unknown {
  const left = [a].flat();
  const right = [b].flat();
  const both = left.flatMap((type) => {
    if (right.includes(type)) return [type];
    if (type === 'number' && right.includes('integer')) return ['integer'];
    return type === 'integer' && right.includes('number') ? ['integer'] : [];
  });
  // Contradictions are the validator's to report; the later one decides the field.
  if (both.length === 0) return b;
  return both.length === 1 ? both[0] : both;
}

/** Puts the later schema's choices into the earlier one's, with the words of either. */
function mergeChoices(into: Schema, later: Schema): void {
  const before = enumOf(into);
  const choices = enumOf(later);
  if (!before || !choices) return;
  const kept = choices.filter((value) => before.some((each) => sameJson(each, value)));
  for (const keyword of CHOICE_WORDS) {
    const own = listOf(later[keyword]);
    const earlier = listOf(into[keyword]);
    if (own.length + earlier.length === 0) continue;
    into[keyword] = kept.map(
      (value) =>
        own[choices.findIndex((each) => sameJson(each, value))] ??
        earlier[before.findIndex((each) => sameJson(each, value))],
    );
  }
  into.enum = kept.length > 0 ? kept : choices;
  delete into.const;
}

function mergeKeyword(into: Schema, keyword: string, value: unknown): void {
  const before = into[keyword];
  if (before === undefined) into[keyword] = value;
  else if (keyword === 'type') into.type = mergeTypes(before, value);
  else if (LARGEST.has(keyword)) into[keyword] = Math.max(Number(before), Number(value));
  else if (SMALLEST.has(keyword)) into[keyword] = Math.min(Number(before), Number(value));
  else if (keyword === 'uniqueItems') into[keyword] = before === true || value === true;
  else if (keyword === 'items' || keyword === 'additionalProperties') {
    into[keyword] = before === false || value === false ? false : allOfSchemas([before, value]);
  } else if (keyword === 'prefixItems') {
    const [a, b] = [listOf(before), listOf(value)];
    const longer = a.length > b.length ? a : b;
    into[keyword] = longer.map((_, index) => allOfSchemas([a[index], b[index]]));
  } else if (keyword === 'patternProperties' && isSchema(before) && isSchema(value)) {
    into[keyword] = { ...before, ...value };
  } else into[keyword] = value;
}

/**
 * What some schemas say of one value by themselves, in one schema: bounds are the narrower ones,
 * choices those of all, and words those of the last. Conditions, unions and properties are left out.
 */
export function mergeKeywords(schemas: Schema[]): Schema {
  return remembered(schemas, 'own', () => {
    const merged: Schema = {};
    for (const schema of schemas) {
      if (enumOf(merged) && enumOf(schema)) mergeChoices(merged, schema);
      const hasChoices = enumOf(merged) !== null && enumOf(schema) !== null;
      for (const [keyword, value] of Object.entries(schema)) {
        const isMerged =
          hasChoices &&
          (keyword === 'enum' || keyword === 'const' || CHOICE_WORDS.includes(keyword));
        if (!isMerged && !APPLICATORS.has(keyword)) mergeKeyword(merged, keyword, value);
      }
    }
    return withUnevaluated(merged, schemas);
  });
}

/**
 * Once all parts of a schema are merged, what nothing has evaluated is what stands in none of them:
 * the other entries of a map, the further items of a tuple.
 */
function withUnevaluated(merged: Schema, schemas: Schema[]): Schema {
  const { unevaluatedProperties, unevaluatedItems } = Object.assign({}, ...schemas) as Schema;
  if (isSchema(unevaluatedProperties)) merged.additionalProperties ??= unevaluatedProperties;
  // `contains` evaluates items as well, of which only the value tells.
  if (isSchema(unevaluatedItems) && !('contains' in merged)) merged.items ??= unevaluatedItems;
  return merged;
}

/** A merged schema that takes null as well. */
export function withNull(schema: Schema): Schema {
  return remembered([schema], 'null', () => {
    const choices = enumOf(schema);
    const types = [schema.type].flat().filter((type) => type !== undefined);
    const titles = schema['x-enum-titles'];
    return {
      ...schema,
      ...(types.length > 0 && !types.includes('null') ? { type: [...types, 'null'] } : {}),
      ...(choices && !choices.includes(null) ? { enum: [...choices, null] } : {}),
      ...(choices && Array.isArray(titles) ? { 'x-enum-titles': [...titles, 'None'] } : {}),
    };
  });
}
