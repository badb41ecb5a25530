import { Ajv, type Options, str } from 'ajv';
import { Ajv2019 } from 'ajv/dist/2019.js';
import { Ajv2020 } from 'ajv/dist/2020.js';
import type { FormatDefinition } from 'ajv/dist/types';
import { formatNames, fullFormats } from 'ajv-formats/dist/formats.js';
import canonicalize from 'canonicalize';
import { compilePattern, patternFault } from './compile-pattern';
import { useFlatUnions } from './flat-unions';
import { isJsonObject, type JsonSchema } from './json';
import { subschemas } from './keywords';
import { formatCharsMax, isMultipleOf, textCheck } from './policy';

export type Draft = '2020-12' | '2019-09' | '07';
type Engine = Ajv | Ajv2019 | Ajv2020;

const DRAFTS: Record<string, Draft> = {
  '//json-schema.org/draft/2020-12/schema': '2020-12',
  '//json-schema.org/draft/2019-09/schema': '2019-09',
  '//json-schema.org/draft-07/schema': '07',
};

/** Whether any subschema has `keyword` with a value matched by `holds`. */
function someSubschema(schema: unknown, holds: (schema: JsonSchema) => boolean): boolean {
  if (!isJsonObject(schema)) return false;
  return holds(schema) || subschemas(schema).some((part) => someSubschema(part.schema, holds));
}

/**
 * The draft named by `$schema`; null if unsupported. Fragment and scheme are ignored, because
 * generators disagree about them. Defaults to 2020-12, unless `items` is a list, which is how older
 * drafts write a tuple.
 */
export function draftOf(schema: JsonSchema): Draft | null {
  if (schema.$schema === undefined) {
    const hasOldTuple = someSubschema(schema, ({ items }) => Array.isArray(items));
    return hasOldTuple && !someSubschema(schema, (part) => 'prefixItems' in part)
      ? '2019-09'
      : '2020-12';
  }
  if (typeof schema.$schema !== 'string') return null;
  const name = schema.$schema.replace(/^https?:/, '').replace(/#$/, '');
  return (Object.hasOwn(DRAFTS, name) && DRAFTS[name]) || null;
}

function isOfNumbers(definition: unknown): boolean {
  return (definition as { type?: unknown }).type === 'number';
}

function addFormats(ajv: Engine): void {
  for (const name of formatNames) {
    const definition: unknown = fullFormats[name];
    if (definition === true) {
      ajv.addFormat(name, true);
    } else if (isOfNumbers(definition)) {
      ajv.addFormat(name, definition as FormatDefinition<number>);
    } else {
      const check = textCheck(definition);
      const max = formatCharsMax(name);
      ajv.addFormat(name, (text: string) => text.length <= max && (check?.(text) ?? true));
    }
  }
  ajv.addFormat('regex', (text: string) => patternFault(text) === null);
}

/** Decimal prices would fail ajv's own `multipleOf: 0.01` because of floating-point division. */
function useDecimalMultiples(ajv: Engine): void {
  ajv.removeKeyword('multipleOf').addKeyword({
    keyword: 'multipleOf',
    type: 'number',
    schemaType: 'number',
    errors: false,
    error: { message: ({ schema }) => str`must be a multiple of ${schema}` },
    compile: (step: number) => (value: number) => isMultipleOf(value, step),
  });
}

/** ajv compares items pairwise unless all are primitive; so does its draft-07 `enum`. */
function useLinearUniqueness(ajv: Engine): void {
  ajv.removeKeyword('uniqueItems').addKeyword({
    keyword: 'uniqueItems',
    type: 'array',
    schemaType: 'boolean',
    errors: false,
    error: { message: 'must not have the same item twice' },
    compile: (unique: boolean) => (items: unknown[]) => !unique || !hasRepeats(items),
  });
}

function hasRepeats(items: readonly unknown[]): boolean {
  const seen = new Set<unknown>();
  for (const item of items) {
    // No primitive value equals such a text, because those carry their own marker.
    const isPlain = typeof item !== 'object' || item === null;
    const key = isPlain
      ? typeof item === 'string'
        ? `text ${item}`
        : item
      : `json ${canonicalize(item)}`;
    if (seen.has(key)) return true;
    seen.add(key);
  }
  return false;
}

const OPTIONS: Options = {
  allErrors: true,
  // Unknown keywords and formats are annotations, as specified; a quote's warnings point out likely
  // typos. Invalid values of known keywords are errors.
  strict: false,
  strictNumbers: true,
  // Otherwise a required "constructor" would be inherited by every object.
  ownProperties: true,
  // Otherwise ajv tests property names with the built-in, backtracking engine while compiling.
  allowMatchingProperties: true,
  // A large subschema that is referenced often is compiled once instead of inlined.
  inlineRefs: false,
  logger: false,
  code: { regExp: Object.assign(compilePattern, { code: 'compilePattern' }) },
};

const ENGINES = { '2020-12': Ajv2020, '2019-09': Ajv2019, '07': Ajv };
const engines = new Map<Draft, Engine>();

/** The cached validator engine for a draft. */
export function engineFor(draft: Draft): Engine {
  const existing = engines.get(draft);
  if (existing) return existing;
  const engine = new ENGINES[draft](OPTIONS);
  addFormats(engine);
  useDecimalMultiples(engine);
  useLinearUniqueness(engine);
  useFlatUnions(engine);
  engines.set(draft, engine);
  return engine;
}

/** The formats that are validated; all others are annotations. */
export const KNOWN_FORMATS: ReadonlySet<string> = new Set(formatNames);
