import type { ErrorObject } from 'ajv';
import { patternFault } from './compile-pattern';
import { draftOf, engineFor } from './engine';
import { InvalidOutputSchema, SCHEMA_BYTES_MAX } from './invalid-output-schema';
import { isJsonObject, type JsonSchema, pointerStep } from './json';
import { subschemas } from './keywords';
import { withLocalReferences } from './local-references';
import { compileOutputValidator } from './output-validator';
import {
  assertDepth,
  assertJsonDepth,
  assertReferenceIsLocal,
  assertReferencesResolve,
} from './schema-structure';

const TYPE_NAMES = 'array, boolean, integer, null, number, object or string';

function assertSize(text: string): void {
  const bytes = Buffer.byteLength(text);
  if (bytes > SCHEMA_BYTES_MAX) throw InvalidOutputSchema.tooLarge(bytes);
}

function assertPatterns(schema: JsonSchema, pointer: string): void {
  const patterns: [string, string][] = [];
  if (typeof schema.pattern === 'string') patterns.push([schema.pattern, `${pointer}/pattern`]);
  if (isJsonObject(schema.patternProperties)) {
    for (const source of Object.keys(schema.patternProperties)) {
      patterns.push([source, `${pointer}/patternProperties${pointerStep(source)}`]);
    }
  }
  for (const [source, place] of patterns) {
    const fault = patternFault(source);
    if (fault) throw new InvalidOutputSchema(place, `its pattern does not work: ${fault}`);
  }
}

/** Constraints on each subschema. */
function assertParts(schema: unknown, pointer: string): void {
  if (!isJsonObject(schema)) return;
  assertReferenceIsLocal(schema, pointer);
  if ('$async' in schema) {
    throw new InvalidOutputSchema(`${pointer}/$async`, 'asynchronous schemas are not supported');
  }
  assertPatterns(schema, pointer);
  for (const part of subschemas(schema)) assertParts(part.schema, pointer + part.step);
}

function reasonOf(error: ErrorObject): string {
  const value = error.instancePath.split('/').at(-1);
  if (value === 'type' && error.keyword !== 'uniqueItems') {
    return `a type must be ${TYPE_NAMES}, or a list of these`;
  }
  if (value === 'items' && error.keyword === 'type') {
    return 'a list under items is how drafts before 2020-12 write a tuple; use prefixItems, or name the draft in $schema';
  }
  if (error.keyword === 'enum') {
    const allowed = (error.params as { allowedValues: unknown[] }).allowedValues;
    return `the value must be one of ${allowed.map(String).join(', ')}`;
  }
  return `the value ${error.message ?? 'is not allowed here'}`;
}

/** The most helpful fault: the deepest, then the first. */
function mostTelling(errors: ErrorObject[]): ErrorObject | undefined {
  const depth = (error: ErrorObject) => error.instancePath.split('/').length;
  return errors.reduce<ErrorObject | undefined>(
    (best, error) => (best && depth(best) >= depth(error) ? best : error),
    undefined,
  );
}

function assertMetaSchema(schema: JsonSchema): void {
  const draft = draftOf(schema);
  if (draft === null) {
    throw new InvalidOutputSchema(
      '/$schema',
      'name https://json-schema.org/draft/2020-12/schema, https://json-schema.org/draft/2019-09/schema or http://json-schema.org/draft-07/schema#, or leave it out',
    );
  }
  const engine = engineFor(draft);
  const { $schema: _draft, ...body } = schema;
  if (engine.validateSchema(body) === true) return;
  const errors = engine.errors ?? [];
  const error = mostTelling(errors);
  throw new InvalidOutputSchema(
    error?.instancePath ?? '',
    error ? reasonOf(error) : 'it is not a JSON Schema',
    { keyword: error?.keyword },
  );
}

/**
 * Checks that `schema` is a JSON Schema that answers can be validated against: draft 07 or later,
 * at most 64 KB and 16 levels, with internal references only. Slow for large schemas, so it runs in
 * a worker thread.
 * @throws InvalidOutputSchema (422, `invalid_output_schema`) with a JSON pointer to the fault.
 */
export function assertOutputSchema(schema: unknown): asserts schema is JsonSchema {
  if (!isJsonObject(schema)) {
    throw new InvalidOutputSchema('', 'it must be a JSON object that holds a JSON Schema');
  }
  assertJsonDepth(schema);
  assertSize(JSON.stringify(schema));
  assertMetaSchema(schema);
  assertDepth(schema, '', 0);
  const local = withLocalReferences(schema);
  assertParts(local, '');
  assertReferencesResolve(local);
  // Faults that only appear when compiling, such as `nullable` without a type.
  compileOutputValidator(schema);
}
