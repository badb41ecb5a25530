import { staticShapeOf } from '../shape/collect-parts';
import { enumOf, isSchema, type Schema, typesOf } from '../shape/schema-parts';
import { fieldTitle } from './labels';
import { leafWidgetOf } from './leaf-widget';

export interface Column {
  name: string;
  title: string;
  description: string | undefined;
  required: boolean;
  /** The width below which what is typed can no longer be read. */
  minWidthPx: number;
}

/** More fields than this do not stand side by side. */
const COLUMNS_MAX = 8;
/** A text that may be longer than this wants room. */
const TEXT_CHARS_MAX = 400;
const WIDTHS_PX: Record<string, number> = {
  updown: 64,
  range: 64,
  radio: 92,
  date: 132,
  time: 104,
  'date-time': 196,
};
const SCALARS = ['string', 'integer', 'number', 'boolean'];

const known = new WeakMap<object, Column[] | null>();

/** The columns in which a list's items fit as rows of a table: small objects of plain values. */
export function columnsOf(list: Schema, root: Schema): Column[] | null {
  if (!isSchema(list.items)) return null;
  const made = known.get(list.items);
  if (made !== undefined) return made;
  const columns = makeColumns(list.items, root);
  known.set(list.items, columns);
  return columns;
}

function makeColumns(items: Schema, root: Schema): Column[] | null {
  const shape = staticShapeOf(items, root);
  const { fields, schema } = shape;
  if (fields.size < 2 || fields.size > COLUMNS_MAX || shape.isDynamic) return null;
  if (isSchema(schema.additionalProperties) || isSchema(schema.patternProperties)) return null;
  const columns: Column[] = [];
  for (const [name, field] of fields) {
    const own = staticShapeOf(field, root);
    if (own.isDynamic || own.fields.size > 0 || !isCell(own.schema, root)) return null;
    const { description } = own.schema;
    columns.push({
      name,
      title: fieldTitle(field, name, root),
      description: typeof description === 'string' ? description : undefined,
      required: shape.required.has(name),
      minWidthPx: WIDTHS_PX[leafWidgetOf(own.schema, root).widget] ?? 108,
    });
  }
  return columns;
}

function isCell(schema: Schema, root: Schema): boolean {
  if (enumOf(schema)) return true;
  const [type, another] = typesOf(schema);
  if (type === undefined || another !== undefined || !SCALARS.includes(type)) return false;
  if (Number(schema.maxLength ?? 0) > TEXT_CHARS_MAX) return false;
  return leafWidgetOf(schema, root).widget !== 'json';
}
