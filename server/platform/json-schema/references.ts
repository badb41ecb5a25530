import { isJsonObject, type JsonSchema, pointerStep } from './json';
import { IN_PLACE, subschemas } from './keywords';

/** A schema's subschemas by location and by anchor. */
export interface SchemaIndex {
  /** Every subschema by pointer; the root is at ''. */
  byPointer: Map<string, unknown>;
  /** `$anchor` and its older spelling `$id: "#name"`. */
  byAnchor: Map<string, unknown>;
}

/** `$recursiveRef` is what draft 2019-09 calls `$dynamicRef`. */
export const REFERENCE_KEYWORDS = ['$ref', '$dynamicRef', '$recursiveRef'] as const;
const ANCHOR_KEYWORDS = ['$anchor', '$dynamicAnchor'] as const;

/** `$anchor` and its like, and `$id: "#name"` of older drafts. */
export function anchorsOf(schema: JsonSchema): string[] {
  const names = ANCHOR_KEYWORDS.map((keyword) => schema[keyword]).filter(
    (name): name is string => typeof name === 'string',
  );
  if (typeof schema.$id === 'string' && schema.$id.startsWith('#')) names.push(schema.$id.slice(1));
  return names;
}

export function indexSchema(root: JsonSchema): SchemaIndex {
  const index: SchemaIndex = { byPointer: new Map(), byAnchor: new Map() };
  const walk = (schema: unknown, pointer: string) => {
    index.byPointer.set(pointer, schema);
    if (!isJsonObject(schema)) return;
    for (const name of anchorsOf(schema)) index.byAnchor.set(name, schema);
    for (const part of subschemas(schema)) walk(part.schema, pointer + part.step);
  };
  walk(root, '');
  return index;
}

export interface Reference {
  keyword: string;
  target: string;
}

/** The references of a schema; several may occur together, and all apply. */
export function referencesOf(schema: JsonSchema): Reference[] {
  return REFERENCE_KEYWORDS.flatMap((keyword) => {
    const target = schema[keyword];
    return typeof target === 'string' ? [{ keyword, target }] : [];
  });
}

function decodeFragment(fragment: string): string | null {
  try {
    return decodeURIComponent(fragment);
  } catch {
    return null;
  }
}

/** The target of a local reference (`#…`); undefined if there is none. */
export function resolveReference(index: SchemaIndex, target: string): unknown {
  const fragment = decodeFragment(target.slice(1));
  if (fragment === null) return undefined;
  if (fragment === '' || fragment.startsWith('/')) return index.byPointer.get(fragment);
  return index.byAnchor.get(fragment);
}

export interface ExpansionFault {
  pointer: string;
  kind: 'loop' | 'size' | 'bytes' | 'depth';
}

/** Limits of a schema after resolving all references. */
export interface ExpansionLimits {
  /** Subschemas. */
  size: number;
  /** Bytes of JSON, roughly. */
  bytes: number;
  /** How deep subschemas nest. */
  depth: number;
}

/** Bytes of a schema without the schemas in it. */
function ownBytes(schema: JsonSchema): number {
  const parts = new Set(subschemas(schema).map((part) => part.keyword));
  return Object.entries(schema).reduce(
    (bytes, [keyword, value]) =>
      bytes + keyword.length + (parts.has(keyword) ? 2 : (JSON.stringify(value)?.length ?? 0)),
    2,
  );
}

/**
 * Follows every reference like a validator. A reference that returns to itself without descending
 * into the value would never end; one that doubles each time grows exponentially. Recursive
 * schemas, such as trees, are fine.
 */
export function expansionFault(
  root: JsonSchema,
  index: SchemaIndex,
  limits: ExpansionLimits,
): ExpansionFault | null {
  let size = 0;
  let bytes = 0;
  const bytesOf = new Map<JsonSchema, number>();
  /** Schemas being expanded, with the depth in the value at which each was reached. */
  const open = new Map<unknown, number>();

  const exceeded = (schema: JsonSchema): ExpansionFault['kind'] | null => {
    size += 1;
    const own = bytesOf.get(schema) ?? ownBytes(schema);
    bytesOf.set(schema, own);
    bytes += own;
    if (size > limits.size) return 'size';
    if (bytes > limits.bytes) return 'bytes';
    return open.size > limits.depth ? 'depth' : null;
  };

  const visit = (schema: unknown, pointer: string, valueDepth: number): ExpansionFault | null => {
    if (!isJsonObject(schema)) return null;
    const seenAt = open.get(schema);
    if (seenAt !== undefined) return seenAt === valueDepth ? { pointer, kind: 'loop' } : null;
    const kind = exceeded(schema);
    if (kind) return { pointer, kind };
    open.set(schema, valueDepth);
    const fault = visitParts(schema, pointer, valueDepth);
    open.delete(schema);
    return fault;
  };

  const visitParts = (
    schema: JsonSchema,
    pointer: string,
    valueDepth: number,
  ): ExpansionFault | null => {
    for (const reference of referencesOf(schema)) {
      const target = resolveReference(index, reference.target);
      const fault = visit(target, pointer + pointerStep(reference.keyword), valueDepth);
      if (fault) return fault;
    }
    for (const part of subschemas(schema)) {
      if (part.keyword === '$defs' || part.keyword === 'definitions') continue;
      const depth = IN_PLACE.has(part.keyword) ? valueDepth : valueDepth + 1;
      const fault = visit(part.schema, pointer + part.step, depth);
      if (fault) return fault;
    }
    return null;
  };

  return visit(root, '', 0);
}
