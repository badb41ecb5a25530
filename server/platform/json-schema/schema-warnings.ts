import { KNOWN_FORMATS } from './engine';
import { isJsonObject, type JsonSchema, pointerStep } from './json';
import { KEYWORDS, subschemas } from './keywords';
import { normaliseSchema } from './normalise-schema';

const CHOICES_COMFORTABLE_MAX = 50;
/** A large schema could produce thousands. */
const WARNINGS_MAX = 50;

/** Whether one edit (insert, delete, replace or swap) turns `a` into `b`. */
function isOneSlipAway(a: string, b: string): boolean {
  if (Math.abs(a.length - b.length) > 1 || a === b) return false;
  let start = 0;
  while (start < a.length && a[start] === b[start]) start++;
  const restA = a.slice(start);
  const restB = b.slice(start);
  if (restA.slice(1) === restB.slice(1)) return true;
  if (restA.slice(1) === restB || restA === restB.slice(1)) return true;
  const swapped = `${restA[1] ?? ''}${restA[0] ?? ''}${restA.slice(2)}`;
  return swapped === restB;
}

function slipWarnings(schema: JsonSchema, pointer: string): string[] {
  const warnings: string[] = [];
  for (const keyword of Object.keys(schema)) {
    if (KEYWORDS.has(keyword)) continue;
    const meant = [...KEYWORDS].find(
      (known) => known.length > 3 && isOneSlipAway(keyword.toLowerCase(), known.toLowerCase()),
    );
    if (meant) {
      warnings.push(
        `${pointer + pointerStep(keyword)}: "${keyword}" is ignored; did you mean "${meant}"?`,
      );
    }
  }
  return warnings;
}

function partWarnings(schema: JsonSchema, pointer: string): string[] {
  const warnings = slipWarnings(schema, pointer);
  if (typeof schema.format === 'string' && !KNOWN_FORMATS.has(schema.format)) {
    warnings.push(
      `${pointer}/format: the format "${schema.format}" is not known, so it is not checked.`,
    );
  }
  if (Array.isArray(schema.enum) && schema.enum.length > CHOICES_COMFORTABLE_MAX) {
    warnings.push(
      `${pointer}/enum: ${schema.enum.length} choices are slow to read; fewer than ${CHOICES_COMFORTABLE_MAX} are answered faster and more alike.`,
    );
  }
  const properties = isJsonObject(schema.properties) ? schema.properties : {};
  for (const name of Array.isArray(schema.required) ? schema.required : []) {
    if (
      typeof name === 'string' &&
      isJsonObject(schema.properties) &&
      !Object.hasOwn(properties, name)
    ) {
      warnings.push(
        `${pointer}/required: "${name}" is required but not described in properties, so the form has no field for it.`,
      );
    }
  }
  return warnings;
}

function isFreeText(schema: unknown): boolean {
  return isJsonObject(schema) && schema.type === 'string' && !schema.enum && !schema.format;
}

function rootWarnings(root: JsonSchema): string[] {
  const type = root.type;
  if (type !== 'object') {
    return [
      ': the schema does not describe an object ("type": "object"); workers get one plain field.',
    ];
  }
  const properties = isJsonObject(root.properties) ? Object.entries(root.properties) : [];
  if (properties.length === 0) {
    return [': the schema names no properties, so workers cannot know what to answer.'];
  }
  const required = new Set(Array.isArray(root.required) ? root.required.map(String) : []);
  if (required.size === 0) {
    return [': no property is required, so an empty answer would be valid.'];
  }
  const needed = properties.filter(([name]) => required.has(name));
  if (needed.length > 0 && needed.every(([, schema]) => isFreeText(schema))) {
    return [
      ': every required property is free text; answers of several workers seldom agree on words, so offer choices (enum) where you can.',
    ];
  }
  return [];
}

/**
 * Valid but unfavourable parts of a checked schema, as sentences that start with a JSON pointer.
 * Empty if there are none.
 */
export function schemaWarnings(schema: JsonSchema): string[] {
  const warnings = rootWarnings(normaliseSchema(schema)).map((text) => text.replace(/^: /, '/: '));
  const walk = (part: unknown, pointer: string) => {
    if (!isJsonObject(part) || warnings.length >= WARNINGS_MAX) return;
    warnings.push(...partWarnings(part, pointer));
    for (const inner of subschemas(part)) walk(inner.schema, pointer + inner.step);
  };
  walk(schema, '');
  return warnings.slice(0, WARNINGS_MAX);
}
