import metaSchema from 'ajv/dist/refs/json-schema-draft-07.json';
import { checkValue } from '@/components/task-form/check/check-value';
import {
  InvalidOutputSchema,
  SCHEMA_BYTES_MAX,
} from '@/server/platform/json-schema/invalid-output-schema';
import { isJsonObject, type JsonSchema, pointerStep } from '@/server/platform/json-schema/json';
import { subschemas } from '@/server/platform/json-schema/keywords';
import { withLocalReferences } from '@/server/platform/json-schema/local-references';
import { normaliseSchema } from '@/server/platform/json-schema/normalise-schema';
import {
  assertDepth,
  assertJsonDepth,
  assertReferenceIsLocal,
  assertReferencesResolve,
} from '@/server/platform/json-schema/schema-structure';

/** What a text comes to: the schema that a form is made of, or a sentence on what is wrong with it. */
export type ReadSchema = { normalised: JsonSchema } | { fault: string };

/**
 * Reads a schema that somebody is writing, in the browser alone. It tells the faults that the form
 * would stumble over; a create also checks patterns and the schema's own draft.
 */
export function readSchema(text: string): ReadSchema {
  let given: unknown;
  try {
    given = JSON.parse(text);
  } catch (error) {
    return { fault: `This is not JSON yet: ${error instanceof Error ? error.message : error}` };
  }
  try {
    return { normalised: checked(given, text) };
  } catch (error) {
    if (!(error instanceof InvalidOutputSchema)) throw error;
    return { fault: `${error.pointer || 'The schema'}: ${error.reason}.` };
  }
}

function checked(given: unknown, text: string): JsonSchema {
  if (!isJsonObject(given)) {
    throw new InvalidOutputSchema('', 'it must be a JSON object that holds a JSON Schema');
  }
  const { size: bytes } = new Blob([text]);
  if (bytes > SCHEMA_BYTES_MAX) throw InvalidOutputSchema.tooLarge(bytes);
  assertJsonDepth(given);
  assertKeywords(given);
  assertDepth(given, '', 0);
  const local = withLocalReferences(given);
  assertReferences(local, '');
  assertReferencesResolve(local);
  return normaliseSchema(given);
}

let meta: JsonSchema | undefined;

/** The keywords that all drafts share have values they can have. */
function assertKeywords(schema: JsonSchema): void {
  meta ??= normaliseSchema(metaSchema as JsonSchema);
  const [fault] = checkValue(meta, schema, meta);
  if (!fault) return;
  const pointer = fault.path.map(pointerStep).join('');
  const reason =
    fault.path.at(-1) === 'type'
      ? 'a type is array, boolean, integer, null, number, object or string, or a list of these'
      : `this value cannot stand here (${fault.message.replace(/\.$/, '')})`;
  throw new InvalidOutputSchema(pointer, reason);
}

function assertReferences(schema: unknown, pointer: string): void {
  if (!isJsonObject(schema)) return;
  assertReferenceIsLocal(schema, pointer);
  for (const part of subschemas(schema)) assertReferences(part.schema, pointer + part.step);
}
