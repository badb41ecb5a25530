import type { RJSFSchema } from '@rjsf/utils';
import { checkValue } from './check/check-value';
import { pointerOfPath } from './shape/pointer';

/** A fault of an answer: the field as a JSON pointer, and what to do about it. */
export interface AnswerFault {
  pointer: string;
  message: string;
}

/** The faults of an answer by a normalised schema, in the order of the form. */
export function faultsOf(schema: RJSFSchema, value: unknown): AnswerFault[] {
  return checkValue(schema, value, schema).map(({ path, message }) => ({
    pointer: pointerOfPath(path),
    message,
  }));
}
