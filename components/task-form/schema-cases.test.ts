import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { RJSFSchema } from '@rjsf/utils';
import { beforeAll, describe, expect, test } from 'vitest';
import {
  checkOutputSchema,
  compileOutputValidator,
  normaliseSchema,
} from '@/server/platform/json-schema';
import { loadPatterns } from './check/patterns';
import { faultsOf } from './form-validator';
import { answerOfDraft } from './shape/answer-of';
import { readDraft, writeDraft } from './shape/draft';
import { startDraft } from './shape/settle-draft';

interface SchemaCase {
  title: string;
  schema: Record<string, unknown>;
  answer: unknown;
}

const FOLDER = join(process.cwd(), 'e2e/schemas');
const CASES = readdirSync(FOLDER)
  .filter((name) => name.endsWith('.json'))
  .map((name) => JSON.parse(readFileSync(join(FOLDER, name), 'utf8')) as SchemaCase);

/** What the form would submit if it started from `value` and nobody touched it. */
const answerFrom = (schema: RJSFSchema, value: unknown) =>
  answerOfDraft(schema, startDraft(schema, value)).value;

beforeAll(loadPatterns);

describe('each kind of schema', () => {
  test.each(CASES)('$title: has a form, and its answer passes through it unchanged', (one) => {
    expect(() => checkOutputSchema(one.schema)).not.toThrow();
    const schema: RJSFSchema = normaliseSchema(one.schema);
    expect(answerFrom(schema, one.answer)).toEqual(one.answer);
    const kept: unknown = JSON.parse(JSON.stringify(writeDraft(readDraft(one.answer))));
    expect(answerFrom(schema, kept)).toEqual(one.answer);
    expect(faultsOf(schema, one.answer)).toEqual([]);
    expect(compileOutputValidator(one.schema)(one.answer)).toEqual({ ok: true });
  });

  test('an answer without content is never accepted where something is required', () => {
    for (const { title, schema } of CASES) {
      const form: RJSFSchema = normaliseSchema(schema);
      const left = answerFrom(form, undefined);
      const asJson: unknown = left === undefined ? null : JSON.parse(JSON.stringify(left));
      const server = compileOutputValidator(schema)(asJson).ok;
      expect({ title, ok: faultsOf(form, asJson).length === 0 }).toEqual({ title, ok: server });
    }
  });

  test('browser and server judge every answer of the table by every schema of it alike', {
    timeout: 60_000,
  }, () => {
    const answers = CASES.map(({ answer }) => answer);
    for (const { title, schema } of CASES) {
      const validate = compileOutputValidator(schema);
      const form: RJSFSchema = normaliseSchema(schema);
      const inBrowser = answers.map((answer) => faultsOf(form, answer).length === 0);
      expect({ title, ok: inBrowser }).toEqual({
        title,
        ok: answers.map((each) => validate(each).ok),
      });
    }
  });

  test('an answer with one part changed is judged alike', { timeout: 60_000 }, () => {
    for (const { title, schema, answer } of CASES) {
      const validate = compileOutputValidator(schema);
      const form: RJSFSchema = normaliseSchema(schema);
      for (const changed of changesOf(answer)) {
        const ok = faultsOf(form, changed).length === 0;
        expect({ title, changed, ok }).toEqual({ title, changed, ok: validate(changed).ok });
      }
    }
  });
});

const OTHERS: unknown[] = ['', 'other', -1, 0.5, 1e21, true, false, null, [], {}, [1, 1]];

/** A value with each of its parts in turn left out, or replaced by something else. */
function changesOf(value: unknown): unknown[] {
  if (typeof value !== 'object' || value === null) return OTHERS;
  const parts = Object.entries(value);
  const rebuilt = (entries: [string, unknown][]) =>
    Array.isArray(value) ? entries.map(([, part]) => part) : Object.fromEntries(entries);
  return [
    ...OTHERS,
    ...parts.map(([name]) => rebuilt(parts.filter(([other]) => other !== name))),
    ...parts.flatMap(([name, part]) =>
      changesOf(part).map((changed) =>
        rebuilt(parts.map(([other, old]) => [other, other === name ? changed : old])),
      ),
    ),
  ];
}
