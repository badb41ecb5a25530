import type { RJSFSchema } from '@rjsf/utils';
import { humanise } from '@/components/ui/humanise';

type Schema = Record<string, unknown>;

const TYPE_TITLES: Record<string, string> = {
  string: 'Text',
  integer: 'Whole number',
  number: 'Number',
  boolean: 'Yes or no',
  array: 'List',
  object: 'Fields',
  null: 'None',
};

/** Marks a part of which nothing is known, so that any JSON fits. */
const ANYTHING = 'anything';

const isSchema = (value: unknown): value is Schema =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** The types of a schema besides null. */
export function typesOf(schema: Schema): string[] {
  return [schema.type].flat().filter((type): type is string => type !== 'null' && !!type);
}

export function takesNull(schema: Schema): boolean {
  return [schema.type].flat().includes('null') || (enumOf(schema)?.includes(null) ?? false);
}

export function enumOf(schema: Schema): unknown[] | null {
  return Array.isArray(schema.enum) ? schema.enum : null;
}

/** Whether a part can only be given as JSON, since its schema does not say what it is. */
export function isAnything(schema: Schema): boolean {
  return schema.$comment === ANYTHING;
}

const SAYS_WHAT_IT_IS = ['type', 'enum', 'const', 'properties', '$ref', 'anyOf', 'oneOf', 'allOf'];
const SAYS_MORE = ['patternProperties', 'additionalProperties', 'if', 'items'];

function withKnownType(schema: Schema): Schema {
  if (schema.type === undefined && (schema.items || schema.prefixItems)) {
    return { ...schema, type: 'array' };
  }
  const isKnown = [...SAYS_WHAT_IT_IS, ...SAYS_MORE].some((keyword) => keyword in schema);
  return isKnown ? schema : { ...schema, $comment: ANYTHING };
}

/** `[string, number]` as a choice of a text and a number. */
function withOneType(schema: Schema): Schema {
  const types = typesOf(schema);
  if (types.length < 2 || enumOf(schema)) return schema;
  const { type: _types, title, description, default: initial, ...rest } = schema;
  const all = takesNull(schema) ? [...types, 'null'] : types;
  return {
    ...(title === undefined ? {} : { title }),
    ...(description === undefined ? {} : { description }),
    ...(initial === undefined ? {} : { default: initial }),
    anyOf: all.map((type) => ({ ...rest, type, title: TYPE_TITLES[type] ?? type })),
  };
}

/** Tuples in the words that the form library knows. */
function withPlainList(schema: Schema): Schema {
  if (Array.isArray(schema.prefixItems)) {
    const { prefixItems, items, ...rest } = schema;
    // Each place of a tuple has its field from the start.
    const minItems = Math.max(Number(rest.minItems ?? 0), prefixItems.length);
    return { ...rest, items: prefixItems, additionalItems: items ?? false, minItems };
  }
  if (schema.type !== 'array') return schema;
  if (schema.items === undefined) return { ...schema, items: { $comment: ANYTHING } };
  const choices = isSchema(schema.items) ? enumOf(schema.items) : null;
  const fitsOnce = choices && Number(schema.minItems ?? 0) <= choices.length;
  return fitsOnce ? { ...schema, uniqueItems: true } : schema;
}

function withPlainBoolean(schema: Schema): Schema {
  const isPlain = typesOf(schema)[0] === 'boolean' && !enumOf(schema);
  return isPlain && takesNull(schema) ? { ...schema, enum: [true, false, null] } : schema;
}

/** What is said to be read-only is shown as given; with nothing given, it is the worker's to fill in. */
function withPlainRemarks(schema: Schema): Schema {
  const { readOnly, ...rest } = schema;
  const isGiven = schema.default !== undefined || schema.const !== undefined;
  return readOnly === true && !isGiven ? rest : schema;
}

/** Names beside the known ones: offered where the schema says what they hold, or knows none. */
function withPlainNames(schema: Schema): Schema {
  const { additionalProperties, properties } = schema;
  if (additionalProperties === true && isSchema(properties) && Object.keys(properties).length) {
    const { additionalProperties: _any, ...rest } = schema;
    return rest;
  }
  if (additionalProperties === true) {
    return { ...schema, additionalProperties: { $comment: ANYTHING } };
  }
  return schema;
}

/** What a variant is called: its title, its constant, its type, or the fields it asks for. */
function variantTitle(variant: Schema, index: number): string {
  if (typeof variant.title === 'string') return variant.title;
  const properties = isSchema(variant.properties) ? variant.properties : {};
  for (const part of Object.values(properties)) {
    const choices = isSchema(part) ? enumOf(part) : null;
    if (choices?.length === 1) return humanise(String(choices[0]));
  }
  const names = Object.keys(properties);
  const asked = Array.isArray(variant.required) ? variant.required.map(String) : names;
  if (asked.length > 0) return asked.slice(0, 3).map(humanise).join(', ');
  const labels = enumOf(variant);
  if (labels) return labels.slice(0, 3).map(String).map(humanise).join(', ');
  const [type] = typesOf(variant);
  return TYPE_TITLES[type ?? String(variant.type)] ?? `Variant ${index + 1}`;
}

/** A variant whose constants are given from the start, since choosing it says them. */
function asVariant(variant: unknown, index: number): unknown {
  if (!isSchema(variant)) return variant;
  const properties = isSchema(variant.properties) ? variant.properties : null;
  const titled = { ...variant, title: variantTitle(variant, index) };
  return properties ? { ...titled, properties: mapValues(properties, asConstant) } : titled;
}

function asConstant(part: unknown): unknown {
  const choices = isSchema(part) ? enumOf(part) : null;
  if (!isSchema(part) || choices?.length !== 1) return part;
  return { ...part, const: choices[0], default: choices[0] };
}

function mapValues(map: Schema, change: (value: unknown) => unknown): Schema {
  return Object.fromEntries(Object.entries(map).map(([key, value]) => [key, change(value)]));
}

const MAPS = ['properties', 'patternProperties', '$defs', 'definitions'];
const LISTS = ['allOf', 'items'];
const SINGLES = ['items', 'additionalItems', 'additionalProperties', 'then', 'else'];

/** The form library refuses to set these; answers that need them are written as JSON. */
const UNSAFE_NAMES = new Set(['', 'constructor', 'prototype', '__proto__', 'hasOwnProperty']);

class UnsafeName extends Error {
  constructor(name: string) {
    super(`The form library cannot hold a field called "${name}".`);
  }
}

/** Whether a form can be made of a schema; where not, its answer is written as JSON. */
export function canBeForm(schema: RJSFSchema): boolean {
  try {
    formSchemaOf(schema);
    return true;
  } catch (error) {
    // What else goes wrong, the form itself is stopped by.
    return !(error instanceof UnsafeName);
  }
}

function convertParts(schema: Schema): Schema {
  const next = { ...schema };
  for (const keyword of MAPS) {
    const map = next[keyword];
    if (!isSchema(map)) continue;
    const unsafe = Object.keys(map).find((name) => UNSAFE_NAMES.has(name));
    if (unsafe !== undefined) throw new UnsafeName(unsafe);
    next[keyword] = mapValues(map, convert);
  }
  for (const keyword of LISTS) {
    const list = next[keyword];
    if (Array.isArray(list)) next[keyword] = list.map(convert);
  }
  for (const keyword of SINGLES) {
    if (isSchema(next[keyword])) next[keyword] = convertFragment(next[keyword], keyword);
  }
  for (const keyword of ['anyOf', 'oneOf']) {
    const variants = next[keyword];
    if (Array.isArray(variants)) next[keyword] = variants.map(convert).map(asVariant);
  }
  return next;
}

/** Branches of a condition only add to the schema around them; they need no type of their own. */
function convertFragment(part: Schema, keyword: string): unknown {
  return keyword === 'then' || keyword === 'else' ? convertParts(part) : convert(part);
}

function withDependencies(schema: Schema): Schema {
  const { dependentSchemas, ...rest } = schema;
  return isSchema(dependentSchemas)
    ? { ...rest, dependencies: mapValues(dependentSchemas, convert) }
    : schema;
}

function convert(schema: unknown): unknown {
  if (schema === true) return { $comment: ANYTHING };
  if (!isSchema(schema)) return schema;
  const plain = [
    withKnownType,
    withOneType,
    withPlainList,
    withPlainBoolean,
    withPlainNames,
    withPlainRemarks,
  ].reduce((part, change) => change(part), schema);
  return withDependencies(convertParts(plain));
}

/**
 * A normalised schema in the words of the form library, which speaks draft-07 and asks for one type
 * a field. It is for rendering alone: answers are held against the schema itself.
 * @throws Error where no form can be made, so that the answer is written as JSON.
 */
export function formSchemaOf(schema: RJSFSchema): RJSFSchema {
  return convert(schema) as RJSFSchema;
}
