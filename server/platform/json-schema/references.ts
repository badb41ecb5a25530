import { isJsonObject, type JsonSchema, pointerStep } from './json';
import { IN_PLACE, subschemas } from './keywords';

/** A schema's parts by where they stand and by the names they give themselves. */
export interface SchemaIndex {
  /** Every subschema by pointer; the root is at ''. */
  byPointer: Map<string, unknown>;
  /** `$anchor` and its older spelling `$id: "#name"`. */
  byAnchor: Map<string, unknown>;
}

const ANCHOR_KEYWORDS = ['$anchor', '$dynamicAnchor'] as const;

function anchorsOf(schema: JsonSchema): string[] {
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

/** The reference of a schema, `$ref` or `$dynamicRef`, or null. */
export function referenceOf(schema: JsonSchema): { keyword: string; target: string } | null {
  for (const keyword of ['$ref', '$dynamicRef']) {
    const target = schema[keyword];
    if (typeof target === 'string') return { keyword, target };
  }
  return null;
}

function decodeFragment(fragment: string): string | null {
  try {
    return decodeURIComponent(fragment);
  } catch {
    return null;
  }
}

/** The schema a local reference (`#…`) points at; undefined where there is none. */
export function resolveReference(index: SchemaIndex, target: string): unknown {
  const fragment = decodeFragment(target.slice(1));
  if (fragment === null) return undefined;
  if (fragment === '' || fragment.startsWith('/')) return index.byPointer.get(fragment);
  return index.byAnchor.get(fragment);
}

export type ExpansionFault = { pointer: string; kind: 'loop' | 'size' };

/**
 * Follows every reference as a validator would. A reference that comes back to itself without
 * going into a part of the value would never end; one that doubles at each turn takes time without
 * bound. A schema that describes trees, where a part refers to the whole, is fine.
 */
export function expansionFault(
  root: JsonSchema,
  index: SchemaIndex,
  sizeMax: number,
): ExpansionFault | null {
  let size = 0;
  /** Schemas being expanded, each with how deep in the value it was met. */
  const open = new Map<unknown, number>();

  const visit = (schema: unknown, pointer: string, valueDepth: number): ExpansionFault | null => {
    if (!isJsonObject(schema)) return null;
    const seenAt = open.get(schema);
    if (seenAt !== undefined) return seenAt === valueDepth ? { pointer, kind: 'loop' } : null;
    size += 1;
    if (size > sizeMax) return { pointer, kind: 'size' };
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
    const reference = referenceOf(schema);
    if (reference) {
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
