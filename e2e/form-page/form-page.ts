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

/** The worker's form on a page of its own, from any schema that the server accepts. */
export class FormPage {
  /** Errors and CSP violations, which no page of the product may have. */
  readonly problems: string[] = [];
  private schema: JsonSchema = {};

  constructor(readonly page: Page) {
    page.on('pageerror', (error) => this.problems.push(String(error)));
    page.on('console', (message) => {
      if (message.type() === 'error') this.problems.push(message.text());
    });
  }

  /**
   * Shows a schema's form, like for a task. `value` is an initial draft, `payload` what the task is
   * about.
   * @throws Error if the server would reject the schema.
   */
  async show(
    schema: JsonSchema,
    value?: unknown,
    payload?: Record<string, unknown>,
  ): Promise<void> {
    await checkOutputSchema(schema);
    this.schema = schema;
    // Earlier problems belong to the previous case.
    this.problems.length = 0;
    const shown: ShownForm = { id: randomUUID(), schema: normaliseSchema(schema), value, payload };
    if (!this.page.url().startsWith('http')) await this.page.goto('/');
    await this.page.waitForFunction(() => 'showForm' in window);
    await this.page.evaluate((json) => window.showForm(json), JSON.stringify(shown));
    await this.whenState('unsent', shown.id);
  }

  /** Reloads the page, like a worker in the middle of an answer; the draft is restored. */
  async reload(): Promise<void> {
    await this.page.reload();
    await this.whenState('unsent');
  }

  /** Presses Submit, and returns the answer as it would be sent. Fails if the form rejects it. */
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

  /** The form's validation messages. */
  async faults(): Promise<string[]> {
    const texts = await this.page.getByRole('main').getByRole('alert').allInnerTexts();
    // The live region exists from the start, but is empty.
    return texts.filter((text) => text.trim() !== '');
  }

  /** The server's validation of an answer to the current schema. */
  check(answer: unknown): OutputCheck {
    return compileOutputValidator(this.schema)(answer);
  }

  private async whenState(state: string, id?: string, timeout = 10_000): Promise<void> {
    const shown = id === undefined ? '[data-shown]' : `[data-shown="${id}"]`;
    await this.page.locator(`${shown}[data-state="${state}"]`).waitFor({ timeout });
  }
}

/** Tests share one page for speed: each `show` starts a new form with its own draft. */
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
