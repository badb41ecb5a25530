import { deepEquals } from '@rjsf/utils';
import { isMultipleOf } from '@/server/platform/json-schema/policy';
import { formatWords, isOfFormat } from './formats';
import { isTooSlow, matchesPattern } from './patterns';

/** A JSON type's name for a value. */
export function isOfType(type: unknown, value: unknown): boolean {
  switch (type) {
    case 'null':
      return value === null;
    case 'array':
      return Array.isArray(value);
    case 'object':
      return typeof value === 'object' && value !== null && !Array.isArray(value);
    case 'integer':
      return Number.isInteger(value);
    case 'number':
      return typeof value === 'number' && Number.isFinite(value);
    default:
      return typeof value === type;
  }
}

const TYPE_WORDS: Record<string, string> = {
  string: 'a text',
  integer: 'a whole number',
  number: 'a number',
  boolean: 'yes or no',
  array: 'a list',
  object: 'a group of fields',
  null: 'nothing',
};

/** Characters as people and the specification count them: an emoji of two units is one. */
function charsOf(text: string): number {
  let count = 0;
  for (const _ of text) count += 1;
  return count;
}

function plural(count: unknown, one: string, many: string): string {
  return count === 1 ? `one ${one}` : `${String(count)} ${many}`;
}

/** Says what is wrong with a value, or null. */
type Assertion = (limit: never, value: never) => string | null;

const onNumber =
  (holds: (value: number, limit: number) => boolean, words: (limit: number) => string) =>
  (limit: number, value: unknown) =>
    typeof value !== 'number' || holds(value, limit) ? null : words(limit);

const onText =
  (holds: (value: string, limit: never) => boolean, words: (limit: never) => string) =>
  (limit: never, value: unknown) =>
    typeof value !== 'string' || holds(value, limit) ? null : words(limit);

const onList =
  (holds: (value: unknown[], limit: number) => boolean, words: (limit: number) => string) =>
  (limit: number, value: unknown) =>
    !Array.isArray(value) || holds(value, limit) ? null : words(limit);

const onObject =
  (holds: (size: number, limit: number) => boolean, words: (limit: number) => string) =>
  (limit: number, value: unknown) =>
    !isOfType('object', value) || holds(Object.keys(value as object).length, limit)
      ? null
      : words(limit);

function hasRepeats(list: unknown[]): boolean {
  return list.some((each, index) =>
    list.slice(0, index).some((earlier) => sameJson(each, earlier)),
  );
}

/** Equal as JSON: the order of keys does not count, the order of a list does. */
export function sameJson(a: unknown, b: unknown): boolean {
  return typeof a === 'object' || typeof b === 'object' ? deepEquals(a, b) : a === b;
}

/** Every keyword that judges a value by itself, without looking into its parts. */
export const ASSERTIONS: Record<string, Assertion> = {
  type: (types: unknown, value: unknown) => {
    const list = [types].flat();
    if (list.some((type) => isOfType(type, value))) return null;
    const words = list.filter((type) => type !== 'null').map((type) => TYPE_WORDS[String(type)]);
    return `Give ${words.join(' or ') || 'nothing'}.`;
  },
  enum: (allowed: unknown[], value: unknown) =>
    allowed.some((each) => sameJson(each, value)) ? null : 'Choose one of the given answers.',
  const: (expected: unknown, value: unknown) =>
    sameJson(expected, value) ? null : `Only ${JSON.stringify(expected)} fits here.`,
  minimum: onNumber(
    (value, limit) => value >= limit,
    (limit) => `Give ${limit} or more.`,
  ),
  maximum: onNumber(
    (value, limit) => value <= limit,
    (limit) => `Give ${limit} or less.`,
  ),
  exclusiveMinimum: onNumber(
    (value, limit) => value > limit,
    (limit) => `Give more than ${limit}.`,
  ),
  exclusiveMaximum: onNumber(
    (value, limit) => value < limit,
    (limit) => `Give less than ${limit}.`,
  ),
  multipleOf: onNumber(isMultipleOf, (limit) => `Give a multiple of ${limit}.`),
  minLength: onText(
    (value, limit: number) => charsOf(value) >= limit,
    (limit: number) => (limit === 1 ? 'This is needed.' : `Write at least ${limit} characters.`),
  ),
  maxLength: onText(
    (value, limit: number) => charsOf(value) <= limit,
    (limit: number) => `Write at most ${plural(limit, 'character', 'characters')}.`,
  ),
  pattern: (source: string, value: unknown) => {
    if (typeof value !== 'string' || (matchesPattern(source, value) ?? true)) {
      const isStuck = typeof value === 'string' && isTooSlow(source, value);
      return isStuck ? 'This takes too long to check. Write something shorter.' : null;
    }
    return `Write it in the form ${source}`;
  },
  format: (format: string, value: unknown) =>
    isOfFormat(format, value) ? null : formatWords(format),
  minItems: onList(
    (list, limit) => list.length >= limit,
    (limit) => `Give at least ${plural(limit, 'entry', 'entries')}.`,
  ),
  maxItems: onList(
    (list, limit) => list.length <= limit,
    (limit) => `Give at most ${plural(limit, 'entry', 'entries')}.`,
  ),
  uniqueItems: (unique: boolean, value: unknown) =>
    unique && Array.isArray(value) && hasRepeats(value) ? 'Give each only once.' : null,
  minProperties: onObject(
    (size, limit) => size >= limit,
    (limit) => `Fill in at least ${plural(limit, 'field', 'fields')}.`,
  ),
  maxProperties: onObject(
    (size, limit) => size <= limit,
    (limit) => `Fill in at most ${plural(limit, 'field', 'fields')}.`,
  ),
};
