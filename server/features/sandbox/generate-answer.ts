import { compileOutputValidator, normaliseSchema } from '@/server/platform/json-schema';
import { pick, type Random } from './random';

type Schema = Record<string, unknown>;

const WORDS =
  'clear consistent genuine plausible complete matches policy evidence customer order review detail tone source careful'.split(
    ' ',
  );
const TRIES = 40;
const DEPTH_MAX = 12;
const DAY_MS = 86_400_000;
const FIRST_DAY_MS = Date.UTC(2024, 0, 1);

/**
 * Makes an answer that a schema accepts, decided by `random` alone.
 * @returns undefined where none was found, as with patterns that only a person would understand.
 */
export function generateAnswer(schema: Schema, random: Random): unknown {
  const validate = compileOutputValidator(schema);
  const normal = normaliseSchema(schema) as Schema;
  for (let attempt = 0; attempt < TRIES; attempt++) {
    const value = make(normal, random, 0);
    if (value !== undefined && validate(value).ok) return value;
  }
  return undefined;
}

function make(schema: Schema, random: Random, depth: number): unknown {
  if (depth > DEPTH_MAX) return null;
  if ('const' in schema) return schema.const;
  const listed = [schema.enum, schema.examples].find(
    (list) => Array.isArray(list) && list.length > 0,
  ) as unknown[] | undefined;
  if (listed) return pick(random, listed);
  const branches = (schema.oneOf ?? schema.anyOf) as Schema[] | undefined;
  if (Array.isArray(branches) && branches.length > 0) {
    return make({ ...omitBranches(schema), ...pick(random, branches) }, random, depth + 1);
  }
  if (Array.isArray(schema.allOf)) {
    const { allOf, ...rest } = schema;
    return make(Object.assign({}, ...(allOf as Schema[]), rest) as Schema, random, depth + 1);
  }
  return makeTyped(typeOf(schema, random), schema, random, depth);
}

function omitBranches({ oneOf: _one, anyOf: _any, ...rest }: Schema): Schema {
  return rest;
}

function typeOf(schema: Schema, random: Random): string {
  const given = schema.type;
  if (typeof given === 'string') return given;
  if (Array.isArray(given)) {
    const real = given.filter((type) => type !== 'null') as string[];
    return real.length > 0 ? pick(random, real) : 'null';
  }
  if ('properties' in schema) return 'object';
  if ('items' in schema) return 'array';
  if ('minimum' in schema || 'maximum' in schema) return 'number';
  return 'string';
}

function makeTyped(type: string, schema: Schema, random: Random, depth: number): unknown {
  switch (type) {
    case 'object':
      return makeObject(schema, random, depth);
    case 'array':
      return makeArray(schema, random, depth);
    case 'boolean':
      return random() < 0.5;
    case 'integer':
    case 'number':
      return makeNumber(schema, type === 'integer', random);
    case 'null':
      return null;
    default:
      return makeText(schema, random);
  }
}

function makeObject(schema: Schema, random: Random, depth: number): Record<string, unknown> {
  const properties = (schema.properties ?? {}) as Record<string, Schema>;
  const required = new Set((schema.required as string[] | undefined) ?? []);
  const made: Record<string, unknown> = {};
  for (const [name, part] of Object.entries(properties)) {
    if (!required.has(name) && (depth > 4 || random() < 0.3)) continue;
    made[name] = make(typeof part === 'object' ? part : {}, random, depth + 1);
  }
  for (const name of required) if (!(name in made)) made[name] = words(random, 2);
  return made;
}

function makeArray(schema: Schema, random: Random, depth: number): unknown[] {
  const min = Number(schema.minItems ?? 0);
  const max = Number(schema.maxItems ?? min + 3);
  const count = min + Math.floor(random() * (Math.min(max, min + 3) - min + 1));
  const items = (schema.items ?? {}) as Schema;
  const made = Array.from({ length: count }, () => make(items, random, depth + 1));
  if (schema.uniqueItems !== true) return made;
  return [...new Map(made.map((item) => [JSON.stringify(item), item])).values()];
}

function makeNumber(schema: Schema, whole: boolean, random: Random): number {
  const step = Number(schema.multipleOf ?? (whole ? 1 : 0.1));
  const low = Number(schema.minimum ?? Number(schema.exclusiveMinimum ?? 0) + step);
  const high = Number(schema.maximum ?? Number(schema.exclusiveMaximum ?? low + 10) - step);
  const steps = Math.max(0, Math.floor((high - low) / step));
  const value = Math.ceil(low / step) * step + Math.floor(random() * (steps + 1)) * step;
  return whole ? Math.round(value) : Number(Math.min(value, high).toFixed(6));
}

const FORMATS: Record<string, (random: Random) => string> = {
  date: (random) => dayFrom(random).slice(0, 10),
  'date-time': dayFrom,
  time: () => '12:30:00Z',
  email: (random) => `${pick(random, WORDS)}@example.com`,
  uri: (random) => `https://example.com/${pick(random, WORDS)}`,
  hostname: () => 'example.com',
  uuid: (random) =>
    '00000000-0000-4000-8000-000000000000'.replace(/0/g, () =>
      Math.floor(random() * 16).toString(16),
    ),
};

function dayFrom(random: Random): string {
  return new Date(FIRST_DAY_MS + Math.floor(random() * 700) * DAY_MS).toISOString();
}

function makeText(schema: Schema, random: Random): string {
  const format = FORMATS[String(schema.format)];
  if (format) return format(random);
  const min = Number(schema.minLength ?? 0);
  const max = Number(schema.maxLength ?? Math.max(min, 80));
  let text = words(random, 2 + Math.floor(random() * 3));
  while (text.length < min) text += ` ${words(random, 2)}`;
  return text.slice(0, max);
}

function words(random: Random, count: number): string {
  return Array.from({ length: count }, () => pick(random, WORDS)).join(' ');
}
