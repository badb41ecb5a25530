import { createHash } from 'node:crypto';
import { Script } from 'node:vm';
import type { AnySchemaObject, ErrorObject, ValidateFunction } from 'ajv';
import { LruCache } from '../lru-cache';
import { withPatternAllowance } from './compile-pattern';
import { draftOf, engineFor } from './engine';
import { InvalidOutputSchema } from './invalid-output-schema';
import { type JsonSchema, pointerStep } from './json';
import { withLocalReferences } from './local-references';

/** One fault of a value: its location, what it should be, and the violated keyword. */
export interface OutputFault {
  pointer: string;
  message: string;
  keyword: string;
}

export type OutputCheck = { ok: true } | { ok: false; errors: OutputFault[] };
export type OutputValidator = (value: unknown) => OutputCheck;

/** Size limit of the validator cache, in characters of schemas. */
const VALIDATORS_CHARS_MAX = 1024 * 1024;
const ERRORS_MAX = 50;
/** Timeout of a check; a normal one takes microseconds. */
const CHECK_MS_MAX = 500;

const validators = new LruCache<OutputValidator>(VALIDATORS_CHARS_MAX);

interface Guard {
  humanrailCheck?: () => boolean;
}

const guard = globalThis as typeof globalThis & Guard;
const guardScript = new Script('globalThis.humanrailCheck()');

/**
 * Runs the check under V8's own timeout, which can interrupt any code, including loops and
 * recursion.
 */
function runBounded(check: () => boolean): boolean | 'timeout' {
  const outer = guard.humanrailCheck;
  guard.humanrailCheck = check;
  try {
    return guardScript.runInThisContext({ timeout: CHECK_MS_MAX }) as boolean;
  } catch (error) {
    // Unbounded recursion is the other way a hostile value can cost too much.
    const stopped =
      (error as { code?: string }).code === 'ERR_SCRIPT_EXECUTION_TIMEOUT' ||
      error instanceof RangeError;
    if (stopped) return 'timeout';
    throw error;
  } finally {
    guard.humanrailCheck = outer;
  }
}

/** Property names that a fault concerns are appended to its pointer. */
function faultOf(error: ErrorObject): OutputFault {
  const params = error.params as Record<string, unknown>;
  const name =
    params.missingProperty ?? params.additionalProperty ?? params.unevaluatedProperty ?? null;
  const pointer = error.instancePath + (typeof name === 'string' ? pointerStep(name) : '');
  return { pointer, message: messageOf(error, name), keyword: error.keyword };
}

const SHOWN_CHARS_MAX = 200;

function inShort(value: unknown): string {
  const text = JSON.stringify(value);
  return text.length > SHOWN_CHARS_MAX ? `${text.slice(0, SHOWN_CHARS_MAX)}…` : text;
}

function messageOf(error: ErrorObject, name: unknown): string {
  switch (error.keyword) {
    case 'required':
      return `"${name}" is required`;
    case 'additionalProperties':
    case 'unevaluatedProperties':
      return `"${name}" is not a known property`;
    case 'enum': {
      const allowed = (error.params as { allowedValues: unknown[] }).allowedValues;
      const shown = allowed.slice(0, 20).map(inShort);
      return `must be one of ${shown.join(', ')}${allowed.length > 20 ? ', …' : ''}`;
    }
    case 'const':
      return `must be ${inShort((error.params as { allowedValue: unknown }).allowedValue)}`;
    default:
      return error.message ?? 'is not allowed by the schema';
  }
}

function compile(schema: JsonSchema): ValidateFunction {
  const draft = draftOf(schema);
  if (draft === null) throw new InvalidOutputSchema('/$schema', 'the draft is not supported');
  const engine = engineFor(draft);
  // Without its `$id`, the same schema can be compiled again after it was evicted.
  const { $schema: _draft, $id: _name, ...body } = withLocalReferences(schema);
  try {
    return withPatternAllowance(() => engine.compile(body as AnySchemaObject));
  } catch (error) {
    const reason = error instanceof Error ? error.message : 'it does not compile';
    throw new InvalidOutputSchema('', reason);
  } finally {
    // ajv's own cache is keyed by object and unbounded.
    engine.removeSchema(body as AnySchemaObject);
  }
}

function toValidator(validate: ValidateFunction): OutputValidator {
  return (value) => {
    const outcome = runBounded(() => validate(value) as boolean);
    if (outcome === true) return { ok: true };
    if (outcome === 'timeout') {
      const message = 'is too complex to be checked against the schema';
      return { ok: false, errors: [{ pointer: '', message, keyword: 'timeout' }] };
    }
    const errors = (validate.errors ?? []).slice(0, ERRORS_MAX).map(faultOf);
    return { ok: false, errors };
  };
}

/**
 * A validator for answers to `schema`, from a bounded cache. Returns every fault (at most 50).
 * Compiling is slow for large schemas, and a check may take half a second, so both run in a worker
 * thread; elsewhere use `validateOutput`.
 * @throws InvalidOutputSchema for an invalid schema that was never checked.
 */
export function compileOutputValidator(schema: JsonSchema): OutputValidator {
  const text = JSON.stringify(schema);
  const key = createHash('sha256').update(text).digest('base64');
  const known = validators.get(key);
  if (known) return known;
  const validator = toValidator(compile(schema));
  validators.set(key, validator, text.length);
  return validator;
}
