import { expect, type Locator, type Page } from '@playwright/test';
import type { FormPage } from './form-page';

export const object = (properties: object, more: object = {}) => ({
  type: 'object',
  properties,
  ...more,
});
export const text = { type: 'string' };

/** A field by the steps of its pointer, joined like in its id. */
export const box = (page: Page, name: string): Locator =>
  page.locator(`[id=${JSON.stringify(`root→${name}`)}]`);
export const option = (page: Page, name: string) => page.getByText(name, { exact: true });

/** Submits, reloads and submits again: the result must be exactly what was entered. */
export async function expectAnswer(form: FormPage, answer: unknown) {
  const output = await form.submit();
  expect(output).toStrictEqual(answer);
  expect(form.check(output)).toEqual({ ok: true });
  await form.reload();
  expect(await form.submit()).toStrictEqual(answer);
  expect(form.problems).toEqual([]);
}

export async function expectRefusal(form: FormPage, words: string) {
  await form.pressSubmit();
  const alert = form.page.getByRole('main').getByRole('alert').first();
  await expect(alert).toContainText(words);
}
