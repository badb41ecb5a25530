import {
  type ErrorSchema,
  type RJSFSchema,
  type RJSFValidationError,
  toErrorList,
  type ValidatorType,
} from '@rjsf/utils';
import { checkValue, type ValueFault } from './check/check-value';
import { cleanAnswer } from './clean-answer';

/** A fault of an answer: the field as a JSON pointer, and what to do about it. */
export interface AnswerFault {
  pointer: string;
  message: string;
}

function pointerOf({ path }: ValueFault): string {
  return path
    .map((step) => `/${String(step).replaceAll('~', '~0').replaceAll('/', '~1')}`)
    .join('');
}

/** The steps of a JSON pointer. */
export function stepsOf(pointer: string): string[] {
  return pointer
    .split('/')
    .slice(1)
    .map((step) => step.replaceAll('~1', '/').replaceAll('~0', '~'));
}

/** The faults of an answer by a normalised schema, in the order of the form. */
export function faultsOf(schema: RJSFSchema, value: unknown): AnswerFault[] {
  return checkValue(schema, value, schema).map((fault) => ({
    pointer: pointerOf(fault),
    message: fault.message,
  }));
}

/** Faults in the shape in which the form library hands them to its fields. */
export function errorSchemaOf(faults: AnswerFault[]): ErrorSchema {
  const root: ErrorSchema = {};
  for (const { pointer, message } of faults) {
    let at = root;
    for (const step of stepsOf(pointer)) {
      at[step] ??= {};
      at = at[step] as ErrorSchema;
    }
    at.__errors = [...(at.__errors ?? []), message];
  }
  return root;
}

/**
 * The form library's view of the check. It renders a schema in other words than the answer is held
 * against, so the latter is given here.
 */
export function formValidator(answerSchema: RJSFSchema): ValidatorType {
  return {
    isValid: (schema, value, root) => checkValue(schema, asJson(value), root).length === 0,
    rawValidation: (schema, value) => ({
      errors: checkValue(schema, asJson(value), schema) as never[],
    }),
    validateFormData: (value) => {
      const faults = faultsOf(answerSchema, cleanAnswer(answerSchema, value));
      const errorSchema = errorSchemaOf(faults);
      const errors: RJSFValidationError[] = toErrorList(errorSchema);
      return { errors, errorSchema };
    },
  };
}

/** As JSON would carry it: an undefined property is an absent one. */
function asJson(value: unknown): unknown {
  return value === undefined ? undefined : JSON.parse(JSON.stringify(value));
}
