/** Lists of objects that can be matched between answers: boxes and spans by overlap, others by a key. */
import type { Json, JsonObject } from '../../stage';
import { isObject, labelKey } from '../json-value';
import { assignBest } from './assignment';
import { type Axis, type BoxArray, boxArrayOf, gatherBox, spreadBox } from './box-array';
import { plurality, type Weighted, weightedMedian } from './weighted';

/** How a list's objects are matched. */
export type RegionShape =
  /** By position, on one or two axes; `box` if they are an array's elements. */
  | { by: 'place'; axes: readonly Axis[]; box?: BoxArray }
  /** By the value of one of its fields. */
  | { by: 'key'; key: string };

/** Maximum number of matched objects; longer lists are compared as text. */
export const REGIONS_MAX = 100;
/** Minimum overlap at which two boxes denote the same object. */
const SAME_FROM = 0.5;
const KEYS = ['id', 'key', 'code', 'name', 'field', 'label'];

const AXES: readonly (readonly Axis[])[] = [
  [axis('x', 'width', true), axis('y', 'height', true)],
  [axis('x', 'w', true), axis('y', 'h', true)],
  [axis('left', 'width', true), axis('top', 'height', true)],
  [axis('left', 'right', false), axis('top', 'bottom', false)],
  [axis('x1', 'x2', false), axis('y1', 'y2', false)],
  [axis('xmin', 'xmax', false), axis('ymin', 'ymax', false)],
  [axis('x_min', 'x_max', false), axis('y_min', 'y_max', false)],
  [axis('start', 'end', false)],
];

function axis(from: string, to: string, extent: boolean): Axis {
  return { from, to, extent };
}

/**
 * How objects of such a schema are matched; null if they cannot be.
 * @param name of the list, which may mark four numbers as a box.
 */
export function regionShapeOf(item: JsonObject, name = ''): RegionShape | null {
  const boxes = boxArrayOf(item, name, null);
  if (boxes) return { by: 'place', ...boxes };
  const properties = isObject(item.properties) ? item.properties : {};
  const isNumber = (name: string) => {
    const of = Object.hasOwn(properties, name) ? properties[name] : undefined;
    return isObject(of) && (of.type === 'number' || of.type === 'integer');
  };
  const axes = AXES.find((each) => each.every(({ from, to }) => isNumber(from) && isNumber(to)));
  if (axes) return { by: 'place', axes };
  for (const [field, of] of Object.entries(properties)) {
    const box = isObject(of) ? boxArrayOf(of, field, field) : null;
    if (box) return { by: 'place', ...box };
  }
  const required = Array.isArray(item.required) ? item.required : [];
  const key = KEYS.find((name) => Object.hasOwn(properties, name) && required.includes(name));
  return key ? { by: 'key', key } : null;
}

/** The object form of a region; arrays of numbers become fields. */
function spread(shape: RegionShape, value: Json): Json {
  return shape.by === 'place' && shape.box ? spreadBox(shape.box, value) : value;
}

/** Intersection over union, in [0, 1]; for objects with a key, 1 if it is equal, else 0. */
function overlap(shape: RegionShape, one: Json, other: Json): number {
  if (!isObject(one) || !isObject(other)) return 0;
  if (shape.by === 'key') return labelKey(one[shape.key]) === labelKey(other[shape.key]) ? 1 : 0;
  let shared = 1;
  let [sizeOne, sizeOther] = [1, 1];
  for (const each of shape.axes) {
    const [a, b] = [rangeOf(each, one), rangeOf(each, other)];
    if (!a || !b) return 0;
    shared *= Math.max(0, Math.min(a.to, b.to) - Math.max(a.from, b.from));
    sizeOne *= a.to - a.from;
    sizeOther *= b.to - b.from;
  }
  const union = sizeOne + sizeOther - shared;
  if (union > 0) return shared / union;
  // Two points have no area: they are equal if they have the same position.
  return shape.axes.every(({ from, to }) => one[from] === other[from] && one[to] === other[to])
    ? 1
    : 0;
}

function rangeOf(
  { from, to, extent }: { from: string; to: string; extent: boolean },
  object: JsonObject,
): { from: number; to: number } | null {
  const [a, b] = [object[from], object[to]];
  if (typeof a !== 'number' || typeof b !== 'number') return null;
  const end = extent ? a + b : b;
  return { from: Math.min(a, end), to: Math.max(a, end) };
}

/**
 * For each of `ones`, the matching index in `others`, one to one, with the highest total overlap;
 * −1 for none.
 */
function match(shape: RegionShape, ones: readonly Json[], others: readonly Json[]): number[] {
  const overlaps = ones.map((one) =>
    others.map((other) => {
      const share = overlap(shape, one, other);
      return share >= SAME_FROM ? share : 0;
    }),
  );
  return assignBest(overlaps).map((other, i) => ((overlaps[i]?.[other] ?? 0) > 0 ? other : -1));
}

/**
 * The similarity of two lists: twice the number of objects in both, with equal labels, divided by
 * the total number (the F1 score), in [0, 1]. Numbers of objects with a key must be within
 * `tolerance`, a share.
 */
export function regionSimilarity(
  shape: RegionShape,
  ones: readonly Json[],
  others: readonly Json[],
  tolerance: number,
): number {
  if (ones.length + others.length === 0) return 1;
  const [own, theirs] = [ones, others].map((list) => list.map((each) => spread(shape, each)));
  const same = match(shape, own ?? [], theirs ?? []).filter((other, i) => {
    return other >= 0 && saysSame(shape, own?.[i], theirs?.[other], tolerance);
  });
  return (2 * same.length) / (ones.length + others.length);
}

function saysSame(
  shape: RegionShape,
  one: Json | undefined,
  other: Json | undefined,
  tolerance: number,
): boolean {
  if (!isObject(one) || !isObject(other)) return false;
  const names = new Set([...Object.keys(one), ...Object.keys(other)]);
  return [...names].every((name) => {
    const [a, b] = [one[name], other[name]];
    if (typeof a === 'number' && typeof b === 'number') {
      return shape.by === 'place' || nearNumbers(a, b, tolerance);
    }
    return labelKey(a) === labelKey(b);
  });
}

/** Whether two numbers differ by at most a share of the larger, or by rounding. */
export function nearNumbers(a: number, b: number, tolerance: number): boolean {
  return Math.abs(a - b) <= Math.max(tolerance, 1e-9) * Math.max(Math.abs(a), Math.abs(b));
}

/**
 * The objects supported by more than half of the weight, each with the weighted median of its
 * numbers and the most frequent of everything else.
 */
export function combineRegions(
  shape: RegionShape,
  votes: readonly Weighted<readonly Json[]>[],
): Json[] {
  const found: Weighted<JsonObject>[][] = [];
  let total = 0;
  for (const { value, weight } of votes) {
    total += weight;
    const known = found.map(mergedObject);
    const objects = value.map((each) => spread(shape, each)).filter(isObject);
    for (const [i, at] of match(shape, objects, known).entries()) {
      const own = { value: objects[i] ?? {}, weight };
      if (at >= 0) found[at]?.push(own);
      else found.push([own]);
    }
  }
  const weightOf = (group: readonly Weighted<JsonObject>[]) =>
    group.reduce((sum, { weight }) => sum + weight, 0);
  return found
    .filter((group) => weightOf(group) > total / 2)
    .map((group) => {
      const merged = mergedObject(group);
      return shape.by === 'place' && shape.box ? gatherBox(shape.box, merged) : merged;
    });
}

function mergedObject(group: readonly Weighted<JsonObject>[]): JsonObject {
  const names = [...new Set(group.flatMap(({ value }) => Object.keys(value)))];
  return Object.fromEntries(
    names.flatMap((name) => {
      const given = group.map(({ value, weight }) => ({ value: value[name], weight }));
      const numbers = given.filter(
        (each): each is Weighted<number> => typeof each.value === 'number',
      );
      const won = numbers.length === given.length ? weightedMedian(numbers) : plurality(given);
      return won === undefined ? [] : [[name, won] as const];
    }),
  );
}
