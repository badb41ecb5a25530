import type { RJSFSchema, UiSchema } from '@rjsf/utils';
import { humanise } from '@/components/ui/humanise';
import { enumOf, isAnything, typesOf } from './form-schema';

/** More options than this are a list to search in; fewer get a digit key each. */
export const CHOICES_MAX = 9;
/** Texts up to here fit one line. */
const LINE_MAX = 80;

type Schema = Record<string, unknown>;

const isSchema = (value: unknown): value is Schema =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const FORMAT_WIDGETS: Record<string, string> = {
  date: 'date',
  'date-time': 'date-time',
  'iso-date-time': 'date-time',
  time: 'time',
  'iso-time': 'time',
  email: 'email',
  'idn-email': 'email',
  uri: 'uri',
  url: 'uri',
  'uri-reference': 'uri',
  iri: 'uri',
};

function textWidget(schema: Schema): UiSchema {
  const format = typeof schema.format === 'string' ? schema.format : null;
  // A known format decides itself; an unknown one is a mere remark.
  if (format !== null) return { 'ui:widget': FORMAT_WIDGETS[format] ?? 'text' };
  const isShort = typeof schema.maxLength === 'number' && schema.maxLength <= LINE_MAX;
  return { 'ui:widget': isShort || schema.pattern ? 'text' : 'textarea' };
}

function widgetOf(schema: Schema): UiSchema {
  if (isAnything(schema)) return { 'ui:field': 'JsonField' };
  if ('const' in schema) return { 'ui:widget': 'hidden' };
  const [type] = typesOf(schema);
  if (enumOf(schema)) return { 'ui:widget': 'radio', ...namesOf(schema) };
  switch (type) {
    case 'boolean':
      return { 'ui:widget': 'radio' };
    case 'integer':
    case 'number':
      return { 'ui:widget': isBounded(schema) ? 'range' : 'updown' };
    case 'string':
      return textWidget(schema);
    case 'array':
      return isSchema(schema.items) && enumOf(schema.items) && schema.uniqueItems
        ? { 'ui:widget': 'checkboxes', ...namesOf(schema.items) }
        : {};
    default:
      return {};
  }
}

/** Whether a slider can reach every number: bounds on both sides, and steps one can tell apart. */
function isBounded({ minimum, maximum, multipleOf, type }: Schema): boolean {
  if (typeof minimum !== 'number' || typeof maximum !== 'number' || maximum <= minimum)
    return false;
  const isWhole = [type].flat().includes('integer');
  const step = typeof multipleOf === 'number' ? multipleOf : isWhole ? 1 : null;
  return step !== null && (maximum - minimum) / step <= 200;
}

/** The words of choices: given titles, or the values as text. */
function namesOf(schema: Schema): UiSchema {
  const titles = schema['x-enum-titles'];
  const names = (enumOf(schema) ?? []).map((value, index) => {
    const title: unknown = Array.isArray(titles) ? titles[index] : undefined;
    if (typeof title === 'string') return title;
    if (value === null) return 'None';
    if (typeof value === 'boolean') return value ? 'Yes' : 'No';
    return typeof value === 'object' ? JSON.stringify(value) : String(value);
  });
  return { 'ui:enumNames': names };
}

const DEPTH_MAX = 16;

function partsUi(schema: Schema, ui: UiSchema, depth: number): void {
  for (const part of [schema.then, schema.else, ...listOf(schema.allOf)]) {
    // What a condition adds stands among the fields around it.
    if (isSchema(part)) Object.assign(ui, ownParts(part, depth));
  }
  if (isSchema(schema.dependencies)) {
    for (const part of Object.values(schema.dependencies)) {
      if (isSchema(part)) Object.assign(ui, ownParts(part, depth));
    }
  }
  for (const keyword of ['anyOf', 'oneOf']) {
    const variants = listOf(schema[keyword]);
    if (variants.length > 0) {
      ui[keyword] = variants.map((variant) =>
        isSchema(variant) ? uiSchemaOf(variant as RJSFSchema, undefined, depth + 1) : {},
      );
    }
  }
}

function listOf(value: unknown): unknown[] {
  return Array.isArray(value) ? value : [];
}

function ownParts(schema: Schema, depth: number): UiSchema {
  const ui: UiSchema = {};
  if (isSchema(schema.properties)) {
    for (const [key, child] of Object.entries(schema.properties)) {
      if (isSchema(child)) ui[key] = uiSchemaOf(child as RJSFSchema, key, depth + 1);
    }
  }
  partsUi(schema, ui, depth);
  return ui;
}

/**
 * How each field of a form schema is shown: readable names, and the widget that needs the fewest
 * keys.
 * @param schema from `formSchemaOf`.
 */
export function uiSchemaOf(schema: RJSFSchema, name?: string, depth = 0): UiSchema {
  const ui: UiSchema = widgetOf(schema);
  const isRoot = depth === 0;
  if (name !== undefined && !schema.title) ui['ui:title'] = humanise(name);
  // A lone field needs a name; a group of fields is named by its page.
  if (isRoot && !schema.properties && !schema.title) ui['ui:title'] = 'Answer';
  if (depth > DEPTH_MAX) return ui;
  Object.assign(ui, ownParts(schema, depth));
  const { items } = schema as Schema;
  if (isSchema(items)) ui.items = itemsUi(schema, items, name, depth + 1);
  if (Array.isArray(items)) {
    // The library takes one for each place of a tuple, which its types do not say.
    const places: unknown = items.map((item, index) =>
      isSchema(item) ? uiSchemaOf(item as RJSFSchema, `Part ${index + 1}`, depth + 1) : {},
    );
    ui.items = places as UiSchema;
  }
  if (isSchema(schema.additionalItems)) {
    ui.additionalItems = uiSchemaOf(schema.additionalItems as RJSFSchema, undefined, depth + 1);
  }
  if (isSchema(schema.additionalProperties)) {
    const others = uiSchemaOf(schema.additionalProperties as RJSFSchema, undefined, depth + 1);
    ui.additionalProperties = others;
  }
  return ui;
}

/** The entries of a list, each called by the list's name and its number. */
function itemsUi(list: Schema, items: Schema, name: string | undefined, depth: number) {
  const ui = uiSchemaOf(items as RJSFSchema, undefined, depth);
  const areOptions = enumOf(items) && list.uniqueItems;
  if (areOptions) return ui;
  const title = items.title ?? list.title ?? (name === undefined ? 'Entry' : humanise(name));
  return (_entry: unknown, index: number): UiSchema => ({
    ...ui,
    'ui:title': `${String(title)} ${index + 1}`,
  });
}

/** An option's words: its title, or its value made readable where that is a mere name. */
export function optionLabel(label: string, value: unknown): string {
  const isName =
    typeof value === 'string' && label === value && /^[a-z0-9]+([_-][a-z0-9]+)*$/.test(value);
  if (typeof value === 'boolean' && label === String(value)) return value ? 'Yes' : 'No';
  return isName && !/^\d/.test(label) ? humanise(label) : label;
}

/** What a field is called, from the steps of its pointer. */
export function fieldLabel(schema: RJSFSchema, steps: string[]): string {
  let at: Schema | undefined = schema;
  for (const step of steps) at = at && childOf(at, step);
  const last = steps.filter((step) => !/^\d+$/.test(step)).at(-1);
  const label = typeof at?.title === 'string' ? at.title : humanise(last ?? 'Answer');
  const place = /^\d+$/.test(steps.at(-1) ?? '') ? ` ${Number(steps.at(-1)) + 1}` : '';
  return label + place;
}

function childOf(schema: Schema, step: string): Schema | undefined {
  const tuple = listOf(schema.prefixItems)[Number(step)];
  const child = /^\d+$/.test(step)
    ? (tuple ?? schema.items)
    : (schema.properties as Schema | undefined)?.[step];
  return isSchema(child) ? child : undefined;
}
