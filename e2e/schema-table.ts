import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { fillForm, fillJson, type Variants } from './fill-form';

/** One kind of schema, and a worker's answer to it. */
export interface SchemaCase {
  file: string;
  title: string;
  schema: Record<string, unknown>;
  answer: unknown;
  variants?: Variants;
  /** It has no form: it is answered as JSON. */
  json?: boolean;
}

const FOLDER = 'e2e/schemas';

/** The cases of `e2e/schemas`, or those with `SCHEMA_CASE` in their file name. */
export const SCHEMA_CASES: SchemaCase[] = readdirSync(FOLDER)
  .filter((name) => name.endsWith('.json'))
  .filter((name) => name.includes(process.env.SCHEMA_CASE ?? ''))
  .map((file) => ({
    file,
    ...(JSON.parse(readFileSync(join(FOLDER, file), 'utf8')) as Omit<SchemaCase, 'file'>),
  }));

/** Enters a case's answer on the page, like a person. */
export async function fillCase(page: Page, one: SchemaCase): Promise<void> {
  if (one.json) await fillJson(page, one.answer);
  else await fillForm(page, one.answer, one.variants);
}
