import { ASSERTIONS, isOfType, sameJson } from './assertions';
import { matchesPattern } from './patterns';

/** One fault of a value: the steps to it, the keyword that says so, and what to do about it. */
export interface ValueFault {
  path: (string | number)[];
  keyword: string;
  message: string;
}

type Schema = { [key: string]: unknown };

/** What a schema found: its faults, and the parts of the value that it spoke about. */
interface Finding {
  faults: ValueFault[];
  properties: Set<string>;
  /** Items up to this index were spoken about; others singly. */
  items: Set<number>;
}

/** Where a check stands: in the value, and how deep, since a schema may contain itself. */
interface Place {
  root: Schema;
  path: (string | number)[];
  depth: number;
}

const DEPTH_MAX = 64;

const isSchema = (value: unknown): value is Schema => isOfType('object', value);
const fine = (): Finding => ({ faults: [], properties: new Set(), items: new Set() });

function fault(place: Place, keyword: string, message: string): ValueFault {
  return { path: place.path, keyword, message };
}

/** Takes over what another schema said of the very same value. */
function take(into: Finding, from: Finding, withFaults: boolean): void {
  if (withFaults) into.faults.push(...from.faults);
  if (withFaults && from.faults.length > 0) return;
  for (const name of from.properties) into.properties.add(name);
  for (const index of from.items) into.items.add(index);
}

function inside(place: Place, step: string | number): Place {
  return { root: place.root, path: [...place.path, step], depth: place.depth + 1 };
}

function resolve(root: Schema, target: string): unknown {
  let at: unknown = root;
  for (const step of decodeURIComponent(target).split('/').slice(1)) {
    const key = step.replaceAll('~1', '/').replaceAll('~0', '~');
    at = typeof at === 'object' && at !== null ? (at as Schema)[key] : undefined;
  }
  return at;
}

function examine(schema: unknown, value: unknown, place: Place): Finding {
  if (schema === false) {
    return { ...fine(), faults: [fault(place, 'false schema', 'Leave this out.')] };
  }
  // Deeper than any form goes, the server judges alone.
  if (!isSchema(schema) || place.depth > DEPTH_MAX) return fine();
  const found = fine();
  for (const [keyword, limit] of Object.entries(schema)) {
    const assertion = Object.hasOwn(ASSERTIONS, keyword) ? ASSERTIONS[keyword] : undefined;
    const message = assertion?.(limit as never, value as never) ?? null;
    if (message !== null) found.faults.push(fault(place, keyword, message));
  }
  const deeper = { ...place, depth: place.depth + 1 };
  if (typeof schema.$ref === 'string') {
    take(found, examine(resolve(place.root, schema.$ref), value, deeper), true);
  }
  examineCompany(schema, value, deeper, found);
  if (isSchema(value)) examineObject(schema, value, place, found);
  if (Array.isArray(value)) examineList(schema, value, place, found);
  return found;
}

/** The schemas that apply to the same value: all, any, one of them, none, or on a condition. */
function examineCompany(schema: Schema, value: unknown, place: Place, found: Finding): void {
  for (const part of listOf(schema.allOf)) take(found, examine(part, value, place), true);
  examineVariants('anyOf', schema.anyOf, value, place, found);
  examineVariants('oneOf', schema.oneOf, value, place, found);
  if (schema.not !== undefined && examine(schema.not, value, place).faults.length === 0) {
    found.faults.push(fault(place, 'not', 'This answer is ruled out; give another.'));
  }
  if (schema.if === undefined) return;
  const condition = examine(schema.if, value, place);
  const holds = condition.faults.length === 0;
  if (holds) take(found, condition, false);
  const then = holds ? schema.then : schema.else;
  if (then !== undefined) take(found, examine(then, value, place), true);
}

function examineVariants(
  keyword: 'anyOf' | 'oneOf',
  variants: unknown,
  value: unknown,
  place: Place,
  found: Finding,
): void {
  if (!Array.isArray(variants)) return;
  const all = variants.map((variant) => examine(variant, value, place));
  const fitting = all.filter((each) => each.faults.length === 0);
  for (const each of fitting) take(found, each, false);
  if (keyword === 'oneOf' && fitting.length > 1) {
    found.faults.push(fault(place, keyword, 'This fits several variants; make it fit only one.'));
  }
  if (fitting.length > 0) return;
  found.faults.push(...nearestFaults(all, place, keyword));
}

/** The faults of the one variant that was evidently meant, else that none of them fits. */
function nearestFaults(all: Finding[], place: Place, keyword: string): ValueFault[] {
  const isElsewhere = (each: ValueFault) =>
    each.path.length === place.path.length || each.keyword === 'enum' || each.keyword === 'const';
  const meant = all.filter(
    (each) => each.faults.length > 0 && !each.faults.some((one) => isElsewhere(one)),
  );
  const [only] = meant;
  if (meant.length === 1 && only) return only.faults;
  return [fault(place, keyword, 'Fill in one of the variants completely.')];
}

function listOf(value: unknown): unknown[] {
  return Array.isArray(value) ? value : [];
}

function examineObject(schema: Schema, value: Schema, place: Place, found: Finding): void {
  const properties = isSchema(schema.properties) ? schema.properties : {};
  const required = listOf(schema.required).map(String);
  const has = (name: string) => Object.hasOwn(value, name) && value[name] !== undefined;
  // In the order of the form, so that the first fault is the topmost one.
  for (const name of new Set([...Object.keys(properties), ...required])) {
    if (!has(name)) {
      if (required.includes(name)) {
        found.faults.push(fault(inside(place, name), 'required', 'This is needed.'));
      }
    } else if (Object.hasOwn(properties, name)) {
      found.properties.add(name);
      found.faults.push(...examine(properties[name], value[name], inside(place, name)).faults);
    }
  }
  const names = Object.keys(value).filter(has);
  examinePatterns(schema, names, value, place, found);
  examineOthers(schema, properties, names, value, place, found);
  examineDependents(schema, has, value, place, found);
}

function patternsOf(schema: Schema): [string, unknown][] {
  return isSchema(schema.patternProperties) ? Object.entries(schema.patternProperties) : [];
}

function examinePatterns(
  schema: Schema,
  names: string[],
  value: Schema,
  place: Place,
  found: Finding,
): void {
  for (const [pattern, part] of patternsOf(schema)) {
    for (const name of names.filter((each) => matchesPattern(pattern, each))) {
      found.properties.add(name);
      found.faults.push(...examine(part, value[name], inside(place, name)).faults);
    }
  }
}

/** What holds for names that no other keyword knows, and for all names. */
function examineOthers(
  schema: Schema,
  properties: Schema,
  names: string[],
  value: Schema,
  place: Place,
  found: Finding,
): void {
  if (schema.propertyNames !== undefined) {
    const wrong = names.find((name) => examine(schema.propertyNames, name, place).faults.length);
    if (wrong !== undefined) {
      found.faults.push(
        fault(inside(place, wrong), 'propertyNames', `“${wrong}” is not a name that fits here.`),
      );
    }
  }
  const known = (name: string) =>
    Object.hasOwn(properties, name) ||
    patternsOf(schema).some(([pattern]) => matchesPattern(pattern, name) ?? true);
  const judge = (keyword: string, isKnown: (name: string) => boolean) => {
    if (schema[keyword] === undefined) return;
    for (const name of names.filter((each) => !isKnown(each))) {
      found.properties.add(name);
      found.faults.push(...examine(schema[keyword], value[name], inside(place, name)).faults);
    }
  };
  judge('additionalProperties', known);
  judge('unevaluatedProperties', (name) => found.properties.has(name));
}

function examineDependents(
  schema: Schema,
  has: (name: string) => boolean,
  value: Schema,
  place: Place,
  found: Finding,
): void {
  // The older `dependencies` holds both kinds.
  for (const keyword of ['dependentRequired', 'dependentSchemas', 'dependencies']) {
    const map = schema[keyword];
    if (!isSchema(map)) continue;
    for (const needs of Object.keys(map)
      .filter(has)
      .map((name) => map[name])) {
      if (Array.isArray(needs)) {
        const missing = needs.map(String).filter((each) => !has(each));
        found.faults.push(
          ...missing.map((each) => fault(inside(place, each), 'required', 'This is needed.')),
        );
      } else {
        take(found, examine(needs, value, place), true);
      }
    }
  }
}

function examineList(schema: Schema, value: unknown[], place: Place, found: Finding): void {
  const tuple = listOf(schema.prefixItems ?? schema.items);
  const rest = Array.isArray(schema.items) ? schema.additionalItems : schema.items;
  value.forEach((each, index) => {
    const part = index < tuple.length ? tuple[index] : rest;
    if (part === undefined) return;
    found.items.add(index);
    found.faults.push(...examine(part, each, inside(place, index)).faults);
  });
  if (schema.contains !== undefined) examineContains(schema, value, place, found);
  if (schema.unevaluatedItems === undefined) return;
  value.forEach((each, index) => {
    if (found.items.has(index)) return;
    found.items.add(index);
    found.faults.push(...examine(schema.unevaluatedItems, each, inside(place, index)).faults);
  });
}

function examineContains(schema: Schema, value: unknown[], place: Place, found: Finding): void {
  const fits = value.flatMap((each, index) =>
    examine(schema.contains, each, inside(place, index)).faults.length === 0 ? [index] : [],
  );
  // The server's validator takes every item for spoken about here, not only the fitting ones.
  for (const index of value.keys()) found.items.add(index);
  const min = typeof schema.minContains === 'number' ? schema.minContains : 1;
  const max = typeof schema.maxContains === 'number' ? schema.maxContains : Infinity;
  if (fits.length < min || fits.length > max) {
    const words = fits.length < min ? `at least ${min}` : `at most ${max}`;
    found.faults.push(fault(place, 'contains', `Give ${words} of the kind that is asked for.`));
  }
}

/**
 * The faults of a JSON value by a normalised schema (drafts 2020-12 and 07), in the order of the
 * form and each once. It builds no code, which the pages' security policy forbids, and follows only
 * references into `root`.
 */
export function checkValue(schema: unknown, value: unknown, root: unknown): ValueFault[] {
  const { faults } = examine(schema, value, {
    root: isSchema(root) ? root : {},
    path: [],
    depth: 0,
  });
  return faults.filter(
    (each, index) =>
      !faults
        .slice(0, index)
        .some((earlier) => each.message === earlier.message && sameJson(each.path, earlier.path)),
  );
}
