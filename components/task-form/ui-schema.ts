import { humanise } from '@/components/ui/values/humanise';
import { enumOf, type Schema } from './shape/schema-parts';

/** More options than this are a list to search in; fewer get a digit key each. */
export const CHOICES_MAX = 9;
/** Texts up to here fit one line. */
const LINE_MAX = 80;

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

/** The widget of a text, by its format and length. */
export function textWidget(schema: Schema): string {
  const format = typeof schema.format === 'string' ? schema.format : null;
  // A known format decides itself; an unknown one is a mere remark.
  if (format !== null) return FORMAT_WIDGETS[format] ?? 'text';
  const isShort = typeof schema.maxLength === 'number' && schema.maxLength <= LINE_MAX;
  return isShort || schema.pattern ? 'text' : 'textarea';
}

/** The words of choices: given titles, or the values as text. */
export function namesOf(schema: Schema): string[] {
  const titles = schema['x-enum-titles'];
  return (enumOf(schema) ?? []).map((value, index) => {
    const title: unknown = Array.isArray(titles) ? titles[index] : undefined;
    if (typeof title === 'string') return title;
    if (value === null) return 'None';
    if (typeof value === 'boolean') return value ? 'Yes' : 'No';
    return typeof value === 'object' ? JSON.stringify(value) : String(value);
  });
}

/** An option's words: its title, or its value made readable where that is a mere name. */
export function optionLabel(label: string, value: unknown): string {
  const isName =
    typeof value === 'string' && label === value && /^[a-z0-9]+([_-][a-z0-9]+)*$/.test(value);
  if (typeof value === 'boolean' && label === String(value)) return value ? 'Yes' : 'No';
  return isName && !/^\d/.test(label) ? humanise(label) : label;
}
