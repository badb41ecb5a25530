/** Boxes that are written as arrays of four numbers, alone or as a field of an object. */
import type { Json, JsonObject } from '../../stage';
import { isObject } from '../json-value';

/** Two fields of an object: from and to, or from and extent where `extent` says so. */
export interface Axis {
  from: string;
  to: string;
  extent: boolean;
}

/** Where such an array stands: the object's field of that name, or null where it is the value itself. */
export interface BoxArray {
  at: string | null;
}

export interface BoxArrayShape {
  axes: readonly Axis[];
  box: BoxArray;
}

/** Names that make four numbers a box, rather than a colour or the like. */
const BOX_NAME = /box|rect|region|bounds|(^|_)roi/i;
/** Words for the second corner, in a name, title or description; else the last two are width and height. */
const CORNERS = /xyxy|ltrb|corner|x_?2|x_?max|xmax|\bright\b/i;
/** The places of the array as fields of an object, which no field of a schema is called. */
const PLACES = ['\u0000a', '\u0000b', '\u0000c', '\u0000d'] as const;
const [A, B, C, D] = PLACES;

/** Whether the schema takes four numbers that its name, or `$ui: "box"`, says are a box; null where not. */
export function boxArrayOf(
  schema: JsonObject,
  name: string,
  at: string | null,
): BoxArrayShape | null {
  const parts = fourOf(schema);
  const isNamed = schema.$ui === 'box' || BOX_NAME.test(name);
  if (!parts || !isNamed) return null;
  const words = [schema, ...parts].flatMap(({ title, description }) => [title, description]);
  const extent = !CORNERS.test(
    [name, ...words.filter((word) => typeof word === 'string')].join(' '),
  );
  return {
    axes: [
      { from: A, to: C, extent },
      { from: B, to: D, extent },
    ],
    box: { at },
  };
}

/** The schemas of exactly four numbers; null of any other list. */
function fourOf(schema: JsonObject): JsonObject[] | null {
  if (schema.type !== 'array') return null;
  const { prefixItems, items, minItems, maxItems } = schema;
  const parts = Array.isArray(prefixItems)
    ? prefixItems
    : minItems === 4 && maxItems === 4
      ? Array.from({ length: 4 }, () => items ?? null)
      : [];
  const numbers = parts.filter(
    (part): part is JsonObject =>
      isObject(part) && (part.type === 'number' || part.type === 'integer'),
  );
  return numbers.length === 4 && parts.length === 4 ? numbers : null;
}

/** The value as an object with the box's numbers as fields; null where it has no such box. */
export function spreadBox({ at }: BoxArray, value: Json): JsonObject | null {
  const object = at === null ? {} : isObject(value) ? value : null;
  const numbers = at === null ? value : object?.[at];
  if (!object || !Array.isArray(numbers) || numbers.length !== 4) return null;
  const rest = Object.fromEntries(Object.entries(object).filter(([name]) => name !== at));
  return { ...rest, ...Object.fromEntries(PLACES.map((place, i) => [place, numbers[i] ?? null])) };
}

/** The value that was spread. */
export function gatherBox({ at }: BoxArray, object: JsonObject): Json {
  const numbers = PLACES.map((place) => object[place] ?? null);
  if (at === null) return numbers;
  const places: readonly string[] = PLACES;
  const rest = Object.entries(object).filter(([name]) => !places.includes(name));
  return Object.fromEntries([...rest, [at, numbers]]);
}
