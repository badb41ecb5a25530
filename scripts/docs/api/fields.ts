import { referredName, type Schema } from './document';
import { alternatives, plain, typeWords } from './type-words';

export interface Field {
  /** Dotted, with `[]` for list items and `*` for any name: `payouts[].amount_sats`. */
  name: string;
  type: string;
  required: boolean;
  description: string;
}

/** The page and heading of each separately documented object, by its name in the document. */
export type Places = ReadonlyMap<string, string>;

/**
 * Every field of an object, each followed by its nested fields. Separately documented objects are
 * not expanded.
 */
export function fieldsOf(schema: Schema, places: Places): Field[] {
  return within(schema, '', places);
}

function within(schema: Schema, prefix: string, places: Places): Field[] {
  const variants = alternatives(schema).filter(({ properties }) => properties);
  const names = [...new Set(variants.flatMap(({ properties = {} }) => Object.keys(properties)))];
  return names.flatMap((name) => {
    const having = variants.filter(({ properties }) => properties?.[name]);
    const parts = having.flatMap(({ properties }) => properties?.[name] ?? []);
    const [first] = parts;
    if (!first) return [];
    // Variants of an object differ by a constant.
    const merged: Schema =
      parts.length > 1 ? { oneOf: parts, description: firstDescription(parts) } : first;
    const required =
      having.length === variants.length && having.every((one) => one.required?.includes(name));
    return field(merged, `${prefix}${name}`, required, places);
  });
}

function firstDescription(parts: Schema[]): string {
  return parts.map((part) => plain(part).description ?? '').find(Boolean) ?? '';
}

function field(schema: Schema, name: string, required: boolean, places: Places): Field[] {
  const { description = '' } = plain(schema);
  const place = placeOf(schema, places);
  if (place) return [{ name, type: place, required, description }];
  const own: Field = { name, type: typeWords(schema), required, description };
  return [own, ...opened(schema, name, places)];
}

/** A link that replaces a type, such as `list of [tasks](…)`. */
function placeOf(schema: Schema, places: Places): string | undefined {
  const isList = plain(schema).type === 'array';
  const ref = isList ? plain(schema).items?.$ref : schema.$ref;
  const name = ref && referredName(ref);
  const href = name && places.get(name);
  if (!href) return undefined;
  const link = `[${name.replace(/Input$/, '')}](${href})`;
  return isList ? `list of ${link}` : link;
}

function opened(schema: Schema, name: string, places: Places): Field[] {
  const items = alternatives(schema).flatMap((one) => one.items ?? []);
  const values = alternatives(schema).flatMap(({ properties, additionalProperties }) =>
    !properties && typeof additionalProperties === 'object' ? [additionalProperties] : [],
  );
  return [
    ...within(schema, `${name}.`, places),
    ...items.flatMap((item) => within(item, `${name}[].`, places)),
    ...values.flatMap((value) => within(value, `${name}.*.`, places)),
  ];
}
