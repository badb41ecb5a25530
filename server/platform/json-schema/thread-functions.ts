/**
 * Functions that run in a worker thread because they can be slow. Schemas and answers are passed as
 * JSON.
 */
import { assertOutputSchema } from './check-output-schema';
import { InvalidOutputSchema } from './invalid-output-schema';
import type { JsonSchema } from './json';
import { normaliseSchema } from './normalise-schema';
import { compileOutputValidator, type OutputCheck } from './output-validator';
import { schemaWarnings } from './schema-warnings';

/** The parts of an `InvalidOutputSchema`. */
export interface SchemaFault {
  pointer: string;
  reason: string;
  facts: Record<string, unknown>;
}

/** Maximum length of a normalised schema. */
const NORMALISED_CHARS_MAX = 2 * 1024 * 1024;

/** Why a schema cannot be used, or null. */
export function findSchemaFault(schemaText: string): SchemaFault | null {
  try {
    const schema: unknown = JSON.parse(schemaText);
    assertOutputSchema(schema);
    if (JSON.stringify(normaliseSchema(schema)).length > NORMALISED_CHARS_MAX) {
      throw new InvalidOutputSchema('', 'its references multiply to more than a form can show');
    }
    return null;
  } catch (error) {
    if (!(error instanceof InvalidOutputSchema)) throw error;
    return { pointer: error.pointer, reason: error.reason, facts: error.facts };
  }
}

/** The normalised schema, as JSON. */
export function normaliseText(schemaText: string): string {
  return JSON.stringify(normaliseSchema(JSON.parse(schemaText) as JsonSchema));
}

export function warningsOf(schemaText: string): string[] {
  return schemaWarnings(JSON.parse(schemaText) as JsonSchema);
}

/** @param outputText undefined if there is no answer, which no schema accepts. */
export function checkOutputText(schemaText: string, outputText: string | undefined): OutputCheck {
  const validate = compileOutputValidator(JSON.parse(schemaText) as JsonSchema);
  return validate(outputText === undefined ? undefined : JSON.parse(outputText));
}
