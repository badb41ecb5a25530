import { isJsonObject, type JsonSchema, pointerStep } from './json';

/** Keywords whose value is an object of named subschemas. */
const MAPS = ['properties', 'patternProperties', '$defs', 'definitions', 'dependentSchemas'];
/** Keywords whose value is a list of subschemas. */
const LISTS = ['allOf', 'anyOf', 'oneOf', 'prefixItems'];
/** Keywords whose value is one subschema. */
const SINGLES = [
  'not',
  'if',
  'then',
  'else',
  'items',
  'additionalItems',
  'additionalProperties',
  'propertyNames',
  'contains',
  'unevaluatedItems',
  'unevaluatedProperties',
];

/** Other keywords of both drafts that we validate and apply. */
const PLAIN = [
  '$schema',
  '$id',
  '$ref',
  '$anchor',
  '$dynamicRef',
  '$dynamicAnchor',
  '$recursiveRef',
  '$recursiveAnchor',
  '$comment',
  '$vocabulary',
  'type',
  'enum',
  'const',
  'multipleOf',
  'maximum',
  'minimum',
  'exclusiveMaximum',
  'exclusiveMinimum',
  'maxLength',
  'minLength',
  'pattern',
  'format',
  'maxItems',
  'minItems',
  'uniqueItems',
  'maxContains',
  'minContains',
  'maxProperties',
  'minProperties',
  'required',
  'dependentRequired',
  'dependencies',
  'title',
  'description',
  'default',
  'examples',
  'deprecated',
  'readOnly',
  'writeOnly',
  'contentEncoding',
  'contentMediaType',
  'contentSchema',
];

/** Every keyword defined by the two supported drafts. */
export const KEYWORDS: ReadonlySet<string> = new Set([...MAPS, ...LISTS, ...SINGLES, ...PLAIN]);

/** Annotations: schemas that only differ in these accept the same values. */
export const ANNOTATIONS: ReadonlySet<string> = new Set([
  'title',
  'description',
  'default',
  'examples',
  'example',
  'deprecated',
  'readOnly',
  'writeOnly',
  '$comment',
]);

/**
 * A subschema with its location. `schema` may be a boolean, or invalid, which the meta-schema
 * reports.
 */
export interface Subschema {
  keyword: string;
  /** The name or index within the keyword; absent if the keyword holds one schema. */
  key?: string;
  /** Pointer from the parent, such as `/properties/verdict`. */
  step: string;
  schema: unknown;
}

function ofMap(keyword: string, value: unknown): Subschema[] {
  if (!isJsonObject(value)) return [];
  return Object.entries(value)
    .filter(([, schema]) => keyword !== 'dependencies' || !Array.isArray(schema))
    .map(([key, schema]) => ({
      keyword,
      key,
      step: `${pointerStep(keyword)}${pointerStep(key)}`,
      schema,
    }));
}

function ofList(keyword: string, value: unknown): Subschema[] {
  if (!Array.isArray(value)) return [];
  return value.map((schema, index) => ({
    keyword,
    key: String(index),
    step: `${pointerStep(keyword)}${pointerStep(index)}`,
    schema,
  }));
}

/** The direct subschemas of `schema`, excluding values of `enum`, `const` or `default`. */
export function subschemas(schema: JsonSchema): Subschema[] {
  const found: Subschema[] = [];
  for (const [keyword, value] of Object.entries(schema)) {
    if (MAPS.includes(keyword) || keyword === 'dependencies') found.push(...ofMap(keyword, value));
    else if (LISTS.includes(keyword)) found.push(...ofList(keyword, value));
    else if (SINGLES.includes(keyword)) {
      // Draft-07 writes tuples as a list under `items`.
      if (Array.isArray(value)) found.push(...ofList(keyword, value));
      else found.push({ keyword, step: pointerStep(keyword), schema: value });
    }
  }
  return found;
}

/** Keywords whose subschemas apply to the parent's value itself. */
export const IN_PLACE: ReadonlySet<string> = new Set([
  'allOf',
  'anyOf',
  'oneOf',
  'not',
  'if',
  'then',
  'else',
  'dependentSchemas',
  'dependencies',
]);
