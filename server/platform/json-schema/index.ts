export { checkOutputSchema } from './check-output-schema';
export { InvalidOutputSchema } from './invalid-output-schema';
export type { Json, JsonSchema } from './json';
export type { LinearPattern } from './linear-pattern';
export { normaliseSchema } from './normalise-schema';
export {
  compileOutputValidator,
  type OutputCheck,
  type OutputFault,
  type OutputValidator,
} from './output-validator';
export { schemaWarnings } from './schema-warnings';

/** What a task asks for where neither it nor its saved type says. */
export const DEFAULT_OUTPUT_SCHEMA = {
  type: 'object',
  required: ['answer'],
  properties: { answer: { type: 'string' } },
} as const;
