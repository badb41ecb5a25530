/** Schema and answer checks for the event loop: slow ones run in a worker thread with a timeout. */
import { createHash } from 'node:crypto';
import { LruCache } from '../lru-cache';
import { threadCall, unlessTooCostly } from '../threads';
import { InvalidOutputSchema, SCHEMA_BYTES_MAX } from './invalid-output-schema';
import { isJsonObject, type JsonSchema } from './json';
import { outputText } from './output-text';
import type { OutputCheck } from './output-validator';
import type * as threads from './thread-functions';

/** Takes a few hundred milliseconds at most, plus margin for a busy machine. */
const SCHEMA_LIMIT = { limitMs: 5_000 };
/** The check itself stops after half a second; this leaves room for compiling. */
const OUTPUT_LIMIT = { limitMs: 5_000 };

const findFault = threadCall<typeof threads.findSchemaFault>('schema/find-fault', SCHEMA_LIMIT);
const normalise = threadCall<typeof threads.normaliseText>('schema/normalise', SCHEMA_LIMIT);
const warn = threadCall<typeof threads.warningsOf>('schema/warnings', SCHEMA_LIMIT);
const checkText = threadCall<typeof threads.checkOutputText>('schema/check-output', OUTPUT_LIMIT);

/** Recent results by schema hash; an agent sends the same schema with every task. */
const found = new LruCache<threads.SchemaFault | 'none'>(1_000);
/** Normalised schemas by the original's hash, weighed by length. */
const normalised = new LruCache<string>(4 * 1024 * 1024);

const TOO_COSTLY: threads.SchemaFault = {
  pointer: '',
  reason: 'it takes too long to check; use fewer parts, choices and patterns',
  facts: {},
};

function hashOf(text: string): string {
  return createHash('sha256').update(text).digest('base64');
}

function textOf(schema: JsonSchema): string {
  try {
    return JSON.stringify(schema);
  } catch {
    throw new InvalidOutputSchema('', 'it nests too deep to be read');
  }
}

/**
 * Checks that `schema` is a JSON Schema that answers can be validated against: draft 07 or later,
 * at most 64 KB and 16 levels, with internal references only. Cached.
 * @throws InvalidOutputSchema (422, `invalid_output_schema`) with a JSON pointer to the fault.
 */
export async function checkOutputSchema(schema: unknown): Promise<JsonSchema> {
  if (!isJsonObject(schema)) {
    throw new InvalidOutputSchema('', 'it must be a JSON object that holds a JSON Schema');
  }
  const text = textOf(schema);
  const bytes = Buffer.byteLength(text);
  if (bytes > SCHEMA_BYTES_MAX) throw InvalidOutputSchema.tooLarge(bytes);
  const hash = hashOf(text);
  const known = found.get(hash);
  const fault =
    known === 'none' ? null : (known ?? (await unlessTooCostly(findFault(text), () => TOO_COSTLY)));
  found.set(hash, fault ?? 'none');
  if (fault) throw new InvalidOutputSchema(fault.pointer, fault.reason, fault.facts);
  return schema;
}

/** `normaliseSchema` in a worker thread. @param schema one that `checkOutputSchema` accepted. */
export async function formSchemaOf(schema: JsonSchema): Promise<JsonSchema> {
  const text = textOf(schema);
  const hash = hashOf(text);
  const made = normalised.get(hash) ?? (await normalise(text));
  normalised.set(hash, made, made.length);
  return JSON.parse(made) as JsonSchema;
}

/** `schemaWarnings` in a worker thread. @param schema one that `checkOutputSchema` accepted. */
export function findSchemaWarnings(schema: JsonSchema): Promise<string[]> {
  return warn(textOf(schema));
}

const UNCHECKABLE: OutputCheck = {
  ok: false,
  errors: [
    { pointer: '', message: 'is too complex to be checked against the schema', keyword: 'timeout' },
  ],
};

/**
 * Validates an answer against a schema that `checkOutputSchema` accepted. Returns every fault (at
 * most 50); one that takes too long to check is rejected with such a fault.
 * @param param the field it was sent in, for the error.
 * @throws OutputsTooLarge 413 above 1 MB
 */
export async function validateOutput(
  schema: JsonSchema,
  output: unknown,
  param?: string,
): Promise<OutputCheck> {
  const text = outputText(output, param);
  return unlessTooCostly(checkText(textOf(schema), text), () => UNCHECKABLE);
}
