import { staticShapeOf } from './collect-parts';
import { choiceKey, type Place } from './resolve-shape';
import { isSchema, listOf, referenceTarget, type Schema, typesOf } from './schema-parts';

/** Groups with more fields than this are opened on demand. */
const FIELDS_MAX = 300;

const folded = new WeakMap<object, boolean>();

/**
 * Whether a group is shown only once the worker adds it: it contains itself, or is so large that a
 * form would drown in it.
 */
export function isFoldedGroup(schema: unknown, root: Schema): boolean {
  if (!isSchema(schema)) return false;
  const known = folded.get(schema);
  if (known !== undefined) return known;
  const shape = staticShapeOf(schema, root);
  const isGroup = shape.fields.size > 0 && typesOf(shape.schema)[0] !== 'array';
  const made =
    (isGroup || shape.hasUnion) &&
    (containsItself(schema, root) || countFields(schema, root, FIELDS_MAX) >= FIELDS_MAX);
  folded.set(schema, made);
  return made;
}

/**
 * Whether such a group is not there yet. One that is a union may have a variant chosen that holds no
 * fields, or none so far.
 */
export function isFolded(schema: unknown, value: unknown, { root, chosen, scope }: Place): boolean {
  if ((value !== undefined && value !== null) || !isFoldedGroup(schema, root)) return false;
  const choices = choiceKey(scope, '');
  return !Object.keys(chosen).some((key) => key.startsWith(choices));
}

/** Whether one of a schema's references is met again inside of what it refers to. */
function containsItself(schema: Schema, root: Schema): boolean {
  const targets = directTargets(schema, root);
  return [...targets].some((target) => reaches(target, target, root, new Set()));
}

/** The schemas that a value is held to at once by way of references. */
function directTargets(schema: Schema, root: Schema, found = new Set<unknown>()): Set<unknown> {
  if (typeof schema.$ref === 'string') {
    const target = referenceTarget(root, schema.$ref);
    if (isSchema(target) && !found.has(target)) {
      found.add(target);
      directTargets(target, root, found);
    }
  }
  for (const keyword of ['allOf', 'anyOf', 'oneOf']) {
    for (const part of listOf(schema[keyword])) {
      if (isSchema(part)) directTargets(part, root, found);
    }
  }
  return found;
}

function reaches(from: unknown, wanted: unknown, root: Schema, seen: Set<unknown>): boolean {
  if (Array.isArray(from)) return from.some((each) => reaches(each, wanted, root, seen));
  if (!isSchema(from) || seen.has(from)) return false;
  seen.add(from);
  return Object.entries(from).some(([keyword, part]) => {
    if (keyword === 'default' || keyword === 'enum' || keyword === 'const') return false;
    if (keyword === '$defs') return false;
    if (keyword === '$ref' && typeof part === 'string') {
      const target = referenceTarget(root, part);
      return target === wanted || reaches(target, wanted, root, seen);
    }
    return reaches(part, wanted, root, seen);
  });
}

function countFields(schema: unknown, root: Schema, max: number): number {
  if (!isSchema(schema) || max <= 0) return 0;
  let count = 0;
  for (const field of staticShapeOf(schema, root).fields.values()) {
    count += 1 + countFields(field, root, max - count - 1);
    if (count >= max) break;
  }
  return count;
}
