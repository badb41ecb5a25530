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

/** Maximum nesting of subschemas. */
const SCHEMA_DEPTH_MAX = 16;
/** Maximum nesting of the JSON itself, including `properties`, enum values and the like. */
const JSON_DEPTH_MAX = 64;
/** Limits after following every reference. */
const EXPANDED_MAX = { size: 20_000, bytes: 1024 * 1024, depth: 128 };

/**
 * Structural limits of a schema: nesting, and reference targets. Does not need the validator, so
 * that pages can report these faults while typing. Browser-safe.
 */

/** @throws InvalidOutputSchema if the JSON is nested too deeply. */
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

/** @throws InvalidOutputSchema if a reference of this subschema leaves the schema. */
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

/** @throws InvalidOutputSchema if schemas are nested too deeply. */
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

/** @throws InvalidOutputSchema if a reference has no target, or never ends. */
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
