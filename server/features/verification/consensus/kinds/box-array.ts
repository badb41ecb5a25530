/** Boxes written as arrays of four numbers, alone or as a field of an object. */
import type { Json, JsonObject } from '../../stage';
import { isObject } from '../json-value';

/** Two fields of an object: start and end, or start and size if `extent` is set. */
export interface Axis {
  from: string;
  to: string;
  extent: boolean;
}

/** The array's location: the object's field with that name, or null if it is the value itself. */
export interface BoxArray {
  at: string | null;
}

export interface BoxArrayShape {
  axes: readonly Axis[];
  box: BoxArray;
}

/** Names that make four numbers a box, rather than a colour for example. */
const BOX_NAME = /box|rect|region|bounds|(^|_)roi/i;
/** Words for the second corner in a name, title or description; otherwise the last two are width and height. */
const CORNERS = /xyxy|ltrb|corner|x_?2|x_?max|xmax|\bright\b/i;
/** The array's elements as fields of an object, with names that no schema uses. */
const PLACES = ['\u0000a', '\u0000b', '\u0000c', '\u0000d'] as const;
const [A, B, C, D] = PLACES;

/** Whether the schema accepts four numbers that its name, or `$ui: "box"`, marks as a box; null if not. */
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

/** The schemas of exactly four numbers; null for any other list. */
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

/** The value as an object with the box's numbers as fields; null if it has no such box. */
export function spreadBox({ at }: BoxArray, value: Json): JsonObject | null {
  const object = at === null ? {} : isObject(value) ? value : null;
  const numbers = at === null ? value : object?.[at];
  if (!object || !Array.isArray(numbers) || numbers.length !== 4) return null;
  const rest = Object.fromEntries(Object.entries(object).filter(([name]) => name !== at));
  return { ...rest, ...Object.fromEntries(PLACES.map((place, i) => [place, numbers[i] ?? null])) };
}

/** Converts it back to the original value. */
export function gatherBox({ at }: BoxArray, object: JsonObject): Json {
  const numbers = PLACES.map((place) => object[place] ?? null);
  if (at === null) return numbers;
  const places: readonly string[] = PLACES;
  const rest = Object.entries(object).filter(([name]) => !places.includes(name));
  return Object.fromEntries([...rest, [at, numbers]]);
}
