import { randomUUID } from 'node:crypto';
import { test as base, expect, type Page } from '@playwright/test';
import {
  checkOutputSchema,
  compileOutputValidator,
  type JsonSchema,
  normaliseSchema,
  type OutputCheck,
} from '@/server/platform/json-schema';
import type { ShownForm } from './shown-form';

/** The worker's form on a page of its own, made from any schema that the server takes. */
export class FormPage {
  /** What the page did that no page of the product may: errors, and breaches of its policy. */
  readonly problems: string[] = [];
  private schema: JsonSchema = {};

  constructor(readonly page: Page) {
    page.on('pageerror', (error) => this.problems.push(String(error)));
    page.on('console', (message) => {
      if (message.type() === 'error') this.problems.push(message.text());
    });
  }

  /**
   * Shows the form of a schema, as given with a task. `value` is a draft to begin with, `payload` what
   * the task asks about.
   * @throws Error where the server would refuse the schema.
   */
  async show(
    schema: JsonSchema,
    value?: unknown,
    payload?: Record<string, unknown>,
  ): Promise<void> {
    await checkOutputSchema(schema);
    this.schema = schema;
    // Problems of the case before were that case's to judge.
    this.problems.length = 0;
    const shown: ShownForm = { id: randomUUID(), schema: normaliseSchema(schema), value, payload };
    if (!this.page.url().startsWith('http')) await this.page.goto('/');
    await this.page.waitForFunction(() => 'showForm' in window);
    await this.page.evaluate((json) => window.showForm(json), JSON.stringify(shown));
    await this.whenState('unsent', shown.id);
  }

  /** Reloads the page, as a worker might in the middle of an answer; the draft comes back. */
  async reload(): Promise<void> {
    await this.page.reload();
    await this.whenState('unsent');
  }

  /** Presses Submit, and returns the answer as it would be sent. Fails where the form refuses it. */
  async submit(): Promise<unknown> {
    await this.pressSubmit();
    await expect(async () => {
      expect(await this.faults()).toEqual([]);
      await this.whenState('submitted', undefined, 500);
    }).toPass({ timeout: 10_000 });
    const json = await this.page.evaluate(() => window.submission?.json);
    return json === undefined ? undefined : (JSON.parse(json) as unknown);
  }

  async pressSubmit(): Promise<void> {
    await this.page.getByRole('button', { name: 'Submit', exact: true }).click();
  }

  /** What the form says is wrong with the answer. */
  async faults(): Promise<string[]> {
    const texts = await this.page.getByRole('main').getByRole('alert').allInnerTexts();
    // The place where they are announced is there from the start, without words.
    return texts.filter((text) => text.trim() !== '');
  }

  /** What the server would say of an answer to the schema that is shown. */
  check(answer: unknown): OutputCheck {
    return compileOutputValidator(this.schema)(answer);
  }

  private async whenState(state: string, id?: string, timeout = 10_000): Promise<void> {
    const shown = id === undefined ? '[data-shown]' : `[data-shown="${id}"]`;
    await this.page.locator(`${shown}[data-state="${state}"]`).waitFor({ timeout });
  }
}

/** Tests share one page for speed: each `show` begins a new form with a draft of its own. */
export const test = base.extend<object, { form: FormPage }>({
  form: [
    async ({ browser }, use) => {
      const context = await browser.newContext({ baseURL: process.env.FORM_PAGE_URL });
      await use(new FormPage(await context.newPage()));
      await context.close();
    },
    { scope: 'worker' },
  ],
});
