import type { Actor } from '@/server/platform/actor';
import {
  checkOutputSchema,
  findSchemaWarnings,
  formSchemaOf,
  InvalidOutputSchema,
} from '@/server/platform/json-schema';
import { visibleTo } from './access';
import type { SchemaCheck } from './schema';

/**
 * Validates a schema like a create, and returns the form workers would get; for editors, while
 * typing.
 */
export async function checkSchema(actor: Actor, given: unknown): Promise<SchemaCheck> {
  visibleTo(actor);
  try {
    const schema = await checkOutputSchema(given);
    return {
      fault: null,
      warnings: (await findSchemaWarnings(schema)).map(placed),
      normalised: await formSchemaOf(schema),
    };
  } catch (error) {
    if (!(error instanceof InvalidOutputSchema)) throw error;
    return {
      fault: { pointer: error.pointer, message: error.reason },
      warnings: [],
      normalised: null,
    };
  }
}

/** A warning is a sentence that starts with its location. */
function placed(warning: string): { pointer: string; message: string } {
  const end = warning.indexOf(': ');
  const pointer = warning.slice(0, end);
  const message = warning.slice(end + 2);
  return {
    pointer: pointer === '/' ? '' : pointer,
    message: message.charAt(0).toUpperCase() + message.slice(1),
  };
}
