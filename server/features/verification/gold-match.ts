/** Whether an answer matches the known one, field by field. */
import { decisiveFields, type Field, fieldsOf, isStructuredField } from './consensus/fields';
import { labelKey, valueAt } from './consensus/json-value';
import { sameJson, sameStructured } from './consensus/kinds/structured';
import { numberOf, toleranceOf } from './consensus/number-vote';
import { textSimilarity } from './consensus/text-similarity';
import type { VerificationPolicy } from './policy';
import type { Json, JsonObject } from './stage';

/** Whether a field's value matches the known one. */
export function sameValue(
  field: Field,
  expected: Json,
  given: Json | undefined,
  policy: VerificationPolicy['consensus'],
): boolean {
  if (field.kind === 'number' || field.kind === 'date') {
    const [right, said] = [numberOf(field, expected), numberOf(field, given)];
    if (right !== null && said !== null) {
      return Math.abs(said - right) <= toleranceOf(field, right, policy);
    }
  }
  if (field.kind === 'items' && Array.isArray(given) && Array.isArray(expected)) {
    const keys = (items: Json[]) => [...new Set(items.map((item) => labelKey(item)))].sort().join();
    return keys(given) === keys(expected);
  }
  if (isStructuredField(field) && given !== undefined) {
    return sameStructured(field, expected, given, policy.numberTolerance);
  }
  if (field.kind === 'opaque' && typeof expected !== 'string') {
    return sameJson(expected, given, policy.numberTolerance);
  }
  if (field.kind === 'text' && typeof given === 'string' && typeof expected === 'string') {
    return textSimilarity(given, expected) >= policy.textSimilarity;
  }
  return labelKey(given) === labelKey(expected);
}

/**
 * The share of a gold's fields that an answer matches. Only fields present in the gold are
 * compared, and of those only the decisive ones, so that a gold's free-text remark need not be
 * repeated word for word.
 */
export function shareOfGold(
  schema: JsonObject,
  expected: Json,
  output: Json,
  policy: VerificationPolicy['consensus'],
): number {
  const named = fieldsOf(schema).filter((field) => valueAt(expected, field.path) !== undefined);
  if (named.length === 0) return labelKey(expected) === labelKey(output) ? 1 : 0;
  const fields = decisiveFields(named);
  const right = fields.filter((field) => {
    const known = valueAt(expected, field.path);
    return known === undefined || sameValue(field, known, valueAt(output, field.path), policy);
  });
  return fields.length === 0 ? 1 : right.length / fields.length;
}

/** True if `output` matches all of the gold's fields. */
export function matchesGold(...answer: Parameters<typeof shareOfGold>): boolean {
  return shareOfGold(...answer) === 1;
}
