/** Reading and writing parts of JSON answers by path. */
import canonicalize from 'canonicalize';
import type { Json, JsonObject } from '../stage';

export type Path = readonly string[];

export function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** A path as one string: a JSON pointer. */
export function pointerOf(path: Path): string {
  return path.map((key) => `/${key.replaceAll('~', '~0').replaceAll('/', '~1')}`).join('');
}

/** The part at `path`, or undefined if any step is missing. Ignores inherited properties. */
export function valueAt(value: Json | undefined, path: Path): Json | undefined {
  let current = value;
  for (const key of path) {
    if (!isObject(current) || !Object.hasOwn(current, key)) return undefined;
    current = current[key];
  }
  return current;
}

/** A copy of `target` with `value` at `path`; missing objects on the path are created. */
export function withValueAt(target: Json | undefined, path: Path, value: Json): Json {
  const [key, ...rest] = path;
  if (key === undefined) return value;
  const object = isObject(target) ? target : {};
  const inner = Object.hasOwn(object, key) ? object[key] : undefined;
  // fromEntries defines own properties, so that a key like __proto__ stays data.
  return Object.fromEntries([
    ...Object.entries(object).filter(([name]) => name !== key),
    [key, withValueAt(inner, rest, value)],
  ]);
}

/** The label of a missing value; no JSON text looks like this. */
export const ABSENT = 'absent';

/** A value's name as a label: equal exactly for equal JSON, regardless of key order. */
export function labelKey(value: Json | undefined): string {
  return value === undefined ? ABSENT : (canonicalize(value) ?? ABSENT);
}
