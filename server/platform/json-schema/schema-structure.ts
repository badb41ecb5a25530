import { InvalidOutputSchema } from './invalid-output-schema';
import { isJsonObject, type JsonSchema, pointerStep } from './json';
import { subschemas } from './keywords';
import {
  expansionFault,
  indexSchema,
  REFERENCE_KEYWORDS,
  referencesOf,
  resolveReference,
} from './references';

/** How deep subschemas may nest. */
const SCHEMA_DEPTH_MAX = 16;
/** How deep the JSON itself may nest, counting `properties`, enum values and the like. */
const JSON_DEPTH_MAX = 64;
/** What a schema may come to when every reference is followed. */
const EXPANDED_MAX = { size: 20_000, bytes: 1024 * 1024, depth: 128 };

/**
 * The bounds of a schema's structure: how deep it may nest, and where references may lead. Without
 * the validator, so that pages can tell these faults while somebody writes. Browser-safe.
 */

/** @throws InvalidOutputSchema where the JSON nests too deep. */
export function assertJsonDepth(value: unknown): void {
  const waiting: { value: unknown; pointer: string; depth: number }[] = [
    { value, pointer: '', depth: 0 },
  ];
  for (let item = waiting.pop(); item; item = waiting.pop()) {
    if (typeof item.value !== 'object' || item.value === null) continue;
    if (item.depth > JSON_DEPTH_MAX) {
      throw new InvalidOutputSchema(
        item.pointer.split('/').slice(0, 8).join('/'),
        `it nests more than ${JSON_DEPTH_MAX} levels deep`,
        { depth_max: JSON_DEPTH_MAX },
      );
    }
    for (const [key, inner] of Object.entries(item.value)) {
      waiting.push({
        value: inner,
        pointer: item.pointer + pointerStep(key),
        depth: item.depth + 1,
      });
    }
  }
}

/** @throws InvalidOutputSchema where a reference of this subschema leads out of the schema. */
export function assertReferenceIsLocal(schema: JsonSchema, pointer: string): void {
  for (const keyword of REFERENCE_KEYWORDS) {
    const target = schema[keyword];
    if (typeof target === 'string' && !target.startsWith('#')) {
      throw new InvalidOutputSchema(
        `${pointer}/${keyword}`,
        `"${target.slice(0, 200)}" is not inside this schema; references lead to its own parts, by # or by their $id`,
        { ref: target.slice(0, 200) },
      );
    }
  }
}

/** @throws InvalidOutputSchema where schemas nest too deep. */
export function assertDepth(schema: unknown, pointer: string, depth: number): void {
  if (depth > SCHEMA_DEPTH_MAX) {
    throw new InvalidOutputSchema(
      pointer,
      `its schemas nest more than ${SCHEMA_DEPTH_MAX} levels deep`,
      { depth_max: SCHEMA_DEPTH_MAX },
    );
  }
  if (!isJsonObject(schema)) return;
  for (const part of subschemas(schema)) assertDepth(part.schema, pointer + part.step, depth + 1);
}

/** @throws InvalidOutputSchema where a reference leads nowhere, or following them never ends. */
export function assertReferencesResolve(root: JsonSchema): void {
  const index = indexSchema(root);
  for (const [pointer, schema] of index.byPointer) {
    if (!isJsonObject(schema)) continue;
    for (const reference of referencesOf(schema)) {
      if (resolveReference(index, reference.target) !== undefined) continue;
      throw new InvalidOutputSchema(
        `${pointer}/${reference.keyword}`,
        `"${reference.target.slice(0, 200)}" points at no schema`,
        { ref: reference.target.slice(0, 200) },
      );
    }
  }
  const fault = expansionFault(root, index, EXPANDED_MAX);
  if (!fault) return;
  const pointer = fault.kind === 'loop' ? fault.pointer : '';
  throw new InvalidOutputSchema(pointer, EXPANSION_REASONS[fault.kind]);
}

const EXPANSION_REASONS = {
  loop: 'it refers to itself without end',
  size: `its references multiply to more than ${EXPANDED_MAX.size} subschemas`,
  bytes: `its references multiply to more than ${EXPANDED_MAX.bytes} bytes`,
  depth: `its references lead more than ${EXPANDED_MAX.depth} schemas deep`,
};
