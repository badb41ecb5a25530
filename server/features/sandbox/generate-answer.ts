import { normaliseSchema } from '@/server/platform/json-schema/normalise-schema';
import { compileOutputValidator } from '@/server/platform/json-schema/output-validator';
import { AnswerBudget, AnswerTooLarge } from './answer-budget';
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

/** State shared while generating one answer. */
interface Run {
  random: Random;
  budget: AnswerBudget;
  /** The normalised schema, for resolving recursive references. */
  root: Schema;
}

/**
 * Generates an answer that satisfies a schema, determined by `random` alone.
 * @returns undefined if none was found, such as for complex patterns, or if the budget ran out; see
 * `budget.exceeded`.
 */
export function generateAnswer(
  schema: Schema,
  random: Random,
  budget: AnswerBudget = new AnswerBudget(),
): unknown {
  const validate = compileOutputValidator(schema);
  const run: Run = { random, budget, root: normaliseSchema(schema) };
  for (let attempt = 0; attempt < TRIES && !budget.isSpent; attempt++) {
    const value = tryOnce(run);
    if (value !== undefined && validate(value).ok) return value;
  }
  return undefined;
}

function tryOnce(run: Run): unknown {
  run.budget.startTry();
  try {
    return make(run.root, run, 0);
  } catch (error) {
    if (error instanceof AnswerTooLarge) return undefined;
    throw error;
  }
}

function make(schema: Schema, run: Run, depth: number): unknown {
  const { random } = run;
  run.budget.takeValues(1);
  if (depth > DEPTH_MAX) return null;
  const definition = definitionOf(schema, run.root);
  if (definition) return make(definition, run, depth + 1);
  if ('const' in schema) return schema.const;
  const listed = [schema.enum, schema.examples].find(
    (list) => Array.isArray(list) && list.length > 0,
  ) as unknown[] | undefined;
  if (listed) return pick(random, listed);
  const branches = (schema.oneOf ?? schema.anyOf) as unknown[] | undefined;
  if (Array.isArray(branches) && branches.length > 0) {
    return make({ ...omitBranches(schema), ...asSchema(pick(random, branches)) }, run, depth + 1);
  }
  if (Array.isArray(schema.allOf)) {
    const { allOf, ...rest } = schema;
    return make(Object.assign({}, ...(allOf as unknown[]), rest) as Schema, run, depth + 1);
  }
  return makeTyped(typeOf(schema, random), schema, run, depth);
}

/** The target of a recursive part's reference; null if the schema is not a reference. */
function definitionOf({ $ref }: Schema, root: Schema): Schema | null {
  if (typeof $ref !== 'string') return null;
  const definitions = asSchema(root.$defs);
  const name = $ref.slice('#/$defs/'.length);
  return Object.hasOwn(definitions, name) ? asSchema(definitions[name]) : {};
}

function asSchema(value: unknown): Schema {
  return typeof value === 'object' && value !== null ? (value as Schema) : {};
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

function makeTyped(type: string, schema: Schema, run: Run, depth: number): unknown {
  switch (type) {
    case 'object':
      return makeObject(schema, run, depth);
    case 'array':
      return makeArray(schema, run, depth);
    case 'boolean':
      return run.random() < 0.5;
    case 'integer':
    case 'number':
      return makeNumber(schema, type === 'integer', run.random);
    case 'null':
      return null;
    default:
      return makeText(schema, run);
  }
}

function makeObject(schema: Schema, run: Run, depth: number): Record<string, unknown> {
  const properties = asSchema(schema.properties);
  const required = new Set((schema.required as string[] | undefined) ?? []);
  const made: Record<string, unknown> = {};
  for (const [name, part] of Object.entries(properties)) {
    if (!required.has(name) && (depth > 4 || run.random() < 0.3)) continue;
    made[name] = make(asSchema(part), run, depth + 1);
  }
  run.budget.takeValues(required.size);
  for (const name of required) if (!Object.hasOwn(made, name)) made[name] = words(run, 2);
  return made;
}

function makeArray(schema: Schema, run: Run, depth: number): unknown[] {
  const tuple = Array.isArray(schema.prefixItems) ? schema.prefixItems : [];
  const min = Math.max(Number(schema.minItems ?? 0), tuple.length);
  const max = Number(schema.maxItems ?? (schema.items === false ? min : min + 3));
  const count = min + Math.floor(run.random() * (Math.min(max, min + 3) - min + 1));
  // Before anything of that length is allocated.
  run.budget.takeValues(count);
  const made = Array.from({ length: count }, (_, index) =>
    make(asSchema(index < tuple.length ? tuple[index] : schema.items), run, depth + 1),
  );
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

function makeText(schema: Schema, run: Run): string {
  const format = FORMATS[String(schema.format)];
  if (format) return format(run.random);
  const min = Number(schema.minLength ?? 0);
  const max = Number(schema.maxLength ?? Math.max(min, 80));
  run.budget.takeCharacters(min);
  const parts = [words(run, 2 + Math.floor(run.random() * 3))];
  for (let length = parts[0]?.length ?? 0; length < min; ) {
    const more = words(run, 2);
    parts.push(more);
    length += more.length + 1;
  }
  return parts.join(' ').slice(0, max);
}

function words({ random, budget }: Run, count: number): string {
  const text = Array.from({ length: count }, () => pick(random, WORDS)).join(' ');
  budget.takeCharacters(text.length);
  return text;
}
