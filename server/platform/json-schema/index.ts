export {
  checkOutputSchema,
  findSchemaWarnings,
  formSchemaOf,
  validateOutput,
} from './in-threads';
export { InvalidOutputSchema } from './invalid-output-schema';
export type { Json, JsonSchema } from './json';
// Synchronous: for worker threads and tests. On the event loop use the ones above.
export { normaliseSchema } from './normalise-schema';
export { outputText } from './output-text';
export { compileOutputValidator, type OutputCheck, type OutputFault } from './output-validator';

/** The schema of tasks if neither the task nor its type has one. */
export const DEFAULT_OUTPUT_SCHEMA = {
  type: 'object',
  required: ['answer'],
  properties: { answer: { type: 'string' } },
} as const;
