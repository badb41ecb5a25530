import { allOfSchemas } from './merge-schemas';
import { enumOf, isSchema, ownOf, type Schema, typesOf } from './schema-parts';

export type ShapeKind = 'object' | 'list' | 'tuple' | 'leaf' | 'anything' | 'open';

const ANY: Schema = {};
const typed = new WeakMap<object, Schema>();

/** A schema whose type only its other keywords tell. */
export function withKnownType(schema: Schema): Schema {
  if (schema.type !== undefined || enumOf(schema)) return schema;
  const isList = 'items' in schema || 'prefixItems' in schema;
  const isMap = isSchema(schema.additionalProperties) || isSchema(schema.patternProperties);
  if (!isList && !isMap) return schema;
  const known = typed.get(schema) ?? { ...schema, type: isList ? 'array' : 'object' };
  typed.set(schema, known);
  return known;
}

/** @param hasFields whether any field is described. */
export function kindOf(schema: Schema, hasFields: boolean): ShapeKind {
  if (enumOf(schema)) return 'leaf';
  const [type] = typesOf(schema);
  if (type === 'object' || (type === undefined && hasFields)) return 'object';
  if (type === 'array') return Array.isArray(schema.prefixItems) ? 'tuple' : 'list';
  if (type === undefined && schema.type !== 'null') return 'anything';
  return 'leaf';
}

/** What a map's entry of this name has to be. */
export function entrySchemaOf(
  schema: Schema,
  name: string,
  matches: (pattern: string, text: string) => boolean | null,
): unknown {
  const patterns = isSchema(schema.patternProperties) ? schema.patternProperties : {};
  const fitting = Object.entries(patterns).filter(([pattern]) => matches(pattern, name));
  if (fitting.length > 0) return allOfSchemas(fitting.map(([, part]) => part));
  if (isSchema(schema.additionalProperties)) return schema.additionalProperties;
  // Until its name fits a pattern, an entry is what the first pattern asks for.
  const [first] = Object.keys(patterns);
  return first === undefined ? ANY : ownOf(patterns, first);
}
