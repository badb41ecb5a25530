import { Ajv, type Options, str } from 'ajv';
import { Ajv2020 } from 'ajv/dist/2020.js';
import type { FormatDefinition } from 'ajv/dist/types';
import { formatNames, fullFormats } from 'ajv-formats/dist/formats.js';
import { compileLinearPattern, patternFault } from './linear-pattern';
import { formatCharsMax, isMultipleOf, textCheck } from './policy';

export type Draft = '2020-12' | '07';

/**
 * The draft a `$schema` names, null for one we do not speak. Absent means 2020-12. The fragment
 * and the scheme are ignored, as generators disagree about them.
 */
export function draftOf(schema: { $schema?: unknown }): Draft | null {
  if (schema.$schema === undefined) return '2020-12';
  if (typeof schema.$schema !== 'string') return null;
  const name = schema.$schema.replace(/^https?:/, '').replace(/#$/, '');
  if (name === '//json-schema.org/draft/2020-12/schema') return '2020-12';
  if (name === '//json-schema.org/draft-07/schema') return '07';
  return null;
}

function isOfNumbers(definition: unknown): boolean {
  return (definition as { type?: unknown }).type === 'number';
}

function addFormats(ajv: Ajv | Ajv2020): void {
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

/** Prices with two decimals would fail ajv's own `multipleOf: 0.01` by the way floats divide. */
function useDecimalMultiples(ajv: Ajv | Ajv2020): void {
  ajv.removeKeyword('multipleOf').addKeyword({
    keyword: 'multipleOf',
    type: 'number',
    schemaType: 'number',
    errors: false,
    error: { message: ({ schema }) => str`must be a multiple of ${schema}` },
    compile: (step: number) => (value: number) => isMultipleOf(value, step),
  });
}

const OPTIONS: Options = {
  allErrors: true,
  // Unknown keywords and formats are annotations, as the specification says; the warnings of a
  // quote point out the ones that look like a slip. Wrong values of known keywords are errors.
  strict: false,
  strictNumbers: true,
  // Otherwise a required "constructor" is there in every object, by inheritance.
  ownProperties: true,
  // Otherwise ajv tests property names with the built-in, backtracking engine while compiling.
  allowMatchingProperties: true,
  // A large part that many references share is compiled once, not copied to each.
  inlineRefs: false,
  logger: false,
  code: { regExp: Object.assign(compileLinearPattern, { code: 'compileLinearPattern' }) },
};

const engines = new Map<Draft, Ajv | Ajv2020>();

/** The validator engine for a draft, made on first use. */
export function engineFor(draft: Draft): Ajv | Ajv2020 {
  const existing = engines.get(draft);
  if (existing) return existing;
  const engine = draft === '07' ? new Ajv(OPTIONS) : new Ajv2020(OPTIONS);
  addFormats(engine);
  useDecimalMultiples(engine);
  engines.set(draft, engine);
  return engine;
}

/** The formats that are checked; any other is taken as a remark. */
export const KNOWN_FORMATS: ReadonlySet<string> = new Set(formatNames);
