import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { fillForm, fillJson, type Variants } from './fill-form';

/** One kind of schema, and an answer that a worker gives to it. */
export interface SchemaCase {
  file: string;
  title: string;
  schema: Record<string, unknown>;
  answer: unknown;
  variants?: Variants;
  /** No form can be made of it: it is answered as JSON. */
  json?: boolean;
}

const FOLDER = 'e2e/schemas';

/** The cases of `e2e/schemas`, or those whose file has `SCHEMA_CASE` in its name. */
export const SCHEMA_CASES: SchemaCase[] = readdirSync(FOLDER)
  .filter((name) => name.endsWith('.json'))
  .filter((name) => name.includes(process.env.SCHEMA_CASE ?? ''))
  .map((file) => ({
    file,
    ...(JSON.parse(readFileSync(join(FOLDER, file), 'utf8')) as Omit<SchemaCase, 'file'>),
  }));

/** Gives a case's answer on the page, as a person would. */
export async function fillCase(page: Page, one: SchemaCase): Promise<void> {
  if (one.json) await fillJson(page, one.answer);
  else await fillForm(page, one.answer, one.variants);
}
