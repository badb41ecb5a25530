/** Whether an answer is the known one, field by field. */
import { decisiveFields, type Field, fieldsOf } from './consensus/fields';
import { labelKey, valueAt } from './consensus/json-value';
import { textSimilarity } from './consensus/text-similarity';
import type { VerificationPolicy } from './policy';
import type { Json, JsonObject } from './stage';

function sameValue(
  field: Field,
  expected: Json,
  given: Json | undefined,
  policy: VerificationPolicy['consensus'],
): boolean {
  if (field.kind === 'number' && field.span !== null && typeof given === 'number') {
    const tolerance = Math.max(policy.numberTolerance, policy.numberToleranceMax) * field.span;
    return typeof expected === 'number' && Math.abs(given - expected) <= tolerance;
  }
  if (field.kind === 'date' && typeof given === 'string' && typeof expected === 'string') {
    const apart = Math.abs(Date.parse(given) - Date.parse(expected));
    return apart <= (field.wholeDays ? 0 : policy.dateTimeToleranceMs);
  }
  if (field.kind === 'items' && Array.isArray(given) && Array.isArray(expected)) {
    const keys = (items: Json[]) => [...new Set(items.map((item) => labelKey(item)))].sort().join();
    return keys(given) === keys(expected);
  }
  if (field.kind === 'text' && typeof given === 'string' && typeof expected === 'string') {
    return textSimilarity(given, expected) >= policy.textSimilarity;
  }
  return labelKey(given) === labelKey(expected);
}

/**
 * True when `output` says what the gold knows. Only fields that the gold names are compared, and of
 * those only the decisive ones, so that a gold's remark need not be repeated word for word.
 */
export function matchesGold(
  schema: JsonObject,
  expected: Json,
  output: Json,
  policy: VerificationPolicy['consensus'],
): boolean {
  const named = fieldsOf(schema).filter((field) => valueAt(expected, field.path) !== undefined);
  if (named.length === 0) return labelKey(expected) === labelKey(output);
  return decisiveFields(named).every((field) => {
    const known = valueAt(expected, field.path);
    return known === undefined || sameValue(field, known, valueAt(output, field.path), policy);
  });
}
