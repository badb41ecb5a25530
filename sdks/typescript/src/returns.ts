import { HumanRailError } from './errors.js';
import { isSchemaLike, type Json, plainJson } from './json.js';
import type { FromSchema, JsonSchema } from './output-type.js';
import { issuesInWords, plainIssues, type StandardSchema } from './standard-schema.js';
import { AnswerMismatchError } from './task-errors.js';
import type { Task } from './types/task.js';

/** The type of an answer: a JSON Schema, or a schema of zod, valibot, arktype or similar. */
export type Returns = JsonSchema | StandardSchema;

/** The type of an answer: a text by default, and unknown if your own type defines it. */
export type AnswerOf<R, Type = undefined> =
  R extends StandardSchema<unknown, infer Output>
    ? Output
    : R extends JsonSchema
      ? FromSchema<R>
      : Type extends string
        ? unknown
        : string;

/** How a question's answer is requested and parsed. */
export interface AnswerReader {
  /** Sent as `output_schema`; null if the task's type has its own. */
  readonly schema: { [keyword: string]: Json } | null;
  /** @throws AnswerMismatchError if the output does not match. */
  read(task: Task): Promise<unknown>;
}

const TEXT_SCHEMA = {
  type: 'object',
  required: ['answer'],
  properties: { answer: { type: 'string' } },
} satisfies Json;

const KEYWORDS: ReadonlySet<string> = new Set(
  (
    '$ref $defs $schema $id $comment definitions type enum const properties required items ' +
    'prefixItems additionalProperties patternProperties propertyNames minProperties maxProperties ' +
    'dependentRequired dependentSchemas anyOf oneOf allOf not if then else contains minContains ' +
    'maxContains minItems maxItems uniqueItems unevaluatedItems unevaluatedProperties minLength ' +
    'maxLength pattern format minimum maximum exclusiveMinimum exclusiveMaximum multipleOf title ' +
    'description default examples readOnly writeOnly deprecated contentEncoding contentMediaType'
  ).split(' '),
);

/**
 * Parses `returns`.
 * @param schema the JSON Schema beside a Standard Schema that cannot write its own.
 * @param hasType whether the question has a type of its own, which may have a schema.
 * @throws HumanRailError for an invalid schema, or one that JSON Schema cannot express.
 */
export function answerReader(
  returns: unknown,
  schema: JsonSchema | undefined,
  hasType: boolean,
): AnswerReader {
  if (isSchemaLike(returns)) return byStandardSchema(standardOf(returns), schema);
  if (schema !== undefined) {
    throw new HumanRailError(
      'schema goes beside a schema of zod, valibot or their like; a JSON Schema alone goes into returns.',
    );
  }
  if (returns !== undefined) {
    return { schema: jsonSchema(returns, 'returns'), read: async (task) => task.output };
  }
  if (hasType) return { schema: null, read: async (task) => task.output };
  return { schema: TEXT_SCHEMA, read: readText };
}

async function readText(task: Task): Promise<string> {
  const { output } = task;
  const answer = isObject(output) ? output.answer : undefined;
  if (typeof answer === 'string') return answer;
  throw new AnswerMismatchError(
    `Task ${task.id} is verified, and its output has no text named answer.`,
    task,
    [],
  );
}

function byStandardSchema(
  standard: StandardSchema['~standard'],
  given: JsonSchema | undefined,
): AnswerReader {
  return {
    schema: given === undefined ? writtenSchema(standard) : jsonSchema(given, 'schema'),
    read: async (task) => {
      const misfit = `Task ${task.id} is verified, and its answer does not fit the ${standard.vendor} schema`;
      const result = await Promise.resolve()
        .then(() => standard.validate(task.output))
        .catch((error: unknown) => {
          throw new AnswerMismatchError(`${misfit}: ${messageOf(error)}`, task, []);
        });
      if (!result.issues) return result.value;
      const issues = plainIssues(result.issues);
      throw new AnswerMismatchError(`${misfit}: ${issuesInWords(issues)}`, task, issues);
    },
  };
}

function standardOf(schema: { readonly '~standard': unknown }): StandardSchema['~standard'] {
  const standard = schema['~standard'];
  if (isObject(standard) && typeof standard.validate === 'function') {
    return standard as unknown as StandardSchema['~standard'];
  }
  throw new HumanRailError('returns has a ~standard that is not of Standard Schema version 1.');
}

/** The schema as its library writes it: of what goes in, since that is what people answer. */
function writtenSchema({ vendor, jsonSchema: writer }: StandardSchema['~standard']) {
  const remedy = `pass its JSON Schema as schema as well${hints[vendor] ?? ''}.`;
  if (typeof writer?.input !== 'function') {
    throw new HumanRailError(`This ${vendor} schema cannot write itself as JSON Schema: ${remedy}`);
  }
  let written: Record<string, unknown>;
  try {
    written = writer.input({ target: 'draft-2020-12' });
  } catch (error) {
    throw new HumanRailError(
      `This ${vendor} schema cannot be written as JSON Schema (${messageOf(error)}): ${remedy}`,
    );
  }
  // It states the default, and would change the question's key.
  const { $schema: _, ...schema } = written;
  return jsonSchema(schema, 'returns');
}

const hints: Readonly<Record<string, string>> = {
  zod: ", such as z.toJSONSchema(yours, { io: 'input' }), or use zod 4.2 or newer",
  valibot: ', or wrap it by toStandardJsonSchema() of @valibot/to-json-schema',
};

function jsonSchema(value: unknown, at: string): { [keyword: string]: Json } {
  if (!isObject(value)) {
    throw new HumanRailError(
      `${at} must be a JSON Schema, or a schema of zod, valibot, arktype or their like, not ${kindOf(value)}.`,
    );
  }
  if (Object.values(value).some(isSchemaLike)) {
    throw new HumanRailError(
      `${at} is an object of schemas; make one schema of it, such as by z.object().`,
    );
  }
  const names = Object.keys(value);
  if (names.length > 0 && !names.some((name) => KEYWORDS.has(name))) {
    throw new HumanRailError(
      `${at} is no JSON Schema: ${names.slice(0, 3).join(', ')} is no keyword of it. Write fields under properties, like { type: 'object', properties: { … } }.`,
    );
  }
  return plainJson(value, at) as { [keyword: string]: Json };
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function kindOf(value: unknown): string {
  if (value === null) return 'null';
  if (Array.isArray(value)) return 'a list';
  return typeof value === 'function' ? 'a function or class' : `a ${typeof value}`;
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
