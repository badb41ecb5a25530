import { api, referredName, type Schema } from './document';

/** Resolves a schema's `$ref`; keywords next to it take precedence. */
export function plain(schema: Schema): Schema {
  if (schema.$ref === undefined) return schema;
  const { $ref, ...beside } = schema;
  const found = api.components.schemas[referredName($ref)];
  if (!found) throw new Error(`public/openapi.json has no ${$ref}.`);
  return { ...found, ...beside };
}

/** The alternatives of a schema without `null`; the schema itself if it has none. */
export function alternatives(schema: Schema): Schema[] {
  const { anyOf, oneOf, ...rest } = plain(schema);
  const parts = anyOf ?? oneOf;
  if (!parts) return [rest];
  return parts.map(plain).filter(({ type }) => type !== 'null');
}

function isNullable(schema: Schema): boolean {
  const { type, anyOf } = plain(schema);
  return (Array.isArray(type) && type.includes('null')) || isNullIn(anyOf ?? []);
}

function isNullIn(parts: Schema[]): boolean {
  return parts.some(({ type }) => type === 'null');
}

/** Describes a type in words: `integer, 1–100`. */
export function typeWords(schema: Schema): string {
  const words = [...new Set(alternatives(schema).map(oneType))];
  const all =
    words.length > 2 ? `${words.slice(0, -1).join(', ')} or ${words.at(-1)}` : words.join(' or ');
  const fallback = plain(schema).default;
  return [
    `${all}${isNullable(schema) ? ' or null' : ''}`,
    fallback === undefined ? '' : `; \`${String(fallback)}\` unless given`,
  ].join('');
}

const FORMATS: Record<string, string> = {
  'date-time': 'timestamp',
  date: 'date',
  uri: 'URL',
  uuid: 'UUID',
};

function oneType(schema: Schema): string {
  if (schema.const !== undefined) return `\`${String(schema.const)}\``;
  if (schema.enum) return schema.enum.map((value) => `\`${value}\``).join(', ');
  const type = Array.isArray(schema.type) ? schema.type.find((one) => one !== 'null') : schema.type;
  switch (type) {
    case undefined:
      return 'any JSON';
    case 'string':
      return bounded(FORMATS[schema.format ?? ''] ?? 'string', textBounds(schema));
    case 'array':
      return [listWords(schema), ...range(schema.minItems, schema.maxItems, 'items')].join(', ');
    case 'object':
      return objectWords(schema);
    default:
      return bounded(type, numberBounds(schema));
  }
}

function bounded(type: string, bounds: string[]): string {
  return bounds.length > 0 ? `${type} (${bounds.join(', ')})` : type;
}

function textBounds({ format, pattern, minLength, maxLength }: Schema): string[] {
  const bounds = range(minLength, maxLength, 'characters');
  return pattern && !format ? [...bounds, `\`${pattern}\``] : bounds;
}

function numberBounds({ minimum, maximum, exclusiveMinimum }: Schema): string[] {
  if (exclusiveMinimum !== undefined) return [`above ${number(exclusiveMinimum)}`];
  // JavaScript's largest safe integer is not an intended bound.
  return range(minimum, maximum === Number.MAX_SAFE_INTEGER ? undefined : maximum);
}

function range(from: number | undefined, to: number | undefined, unit = ''): string[] {
  const of = unit ? ` ${unit}` : '';
  if (from !== undefined && to !== undefined) return [`${number(from)}–${number(to)}${of}`];
  if (to !== undefined) return [`at most ${number(to)}${of}`];
  return from ? [`at least ${number(from)}${of}`] : [];
}

function number(value: number): string {
  return value.toLocaleString('en-US', { maximumFractionDigits: 20 });
}

function listWords({ items = {} }: Schema): string {
  const isOfObjects = alternatives(items).every(({ properties }) => properties);
  return isOfObjects
    ? 'list of objects'
    : `list of ${typeWords(items).replace(/^string\b/, 'strings')}`;
}

function objectWords({ additionalProperties: values, properties }: Schema): string {
  const isOfValues = typeof values === 'object' && (values.anyOf || values.type) && !properties;
  if (!isOfValues || alternatives(values).some((one) => one.properties)) return 'object';
  return `object of ${typeWords(values)}`;
}
