import { expect, type Page } from '@playwright/test';
import { test } from './form-page';

const list = (more: object) => ({
  type: 'object',
  required: ['x'],
  properties: {
    x: {
      title: 'Order',
      type: 'array',
      items: {
        enum: ['a', 'b', 'c'],
        'x-enum-titles': ['Apple', 'Banana', 'Cherry'],
        'x-enum-descriptions': ['', 'Yellow, and bent', ''],
      },
      ...more,
    },
  },
});
const ranking = list({ uniqueItems: true, minItems: 3, maxItems: 3 });
const rows = (page: Page) => page.locator('main ol > li');
const option = (page: Page, name: string) =>
  page.getByRole('group', { name: 'Options for Order' }).getByRole('button', { name });
const said = (page: Page) => page.locator('[data-sequence] [role="status"]');

test('nothing is ranked until the worker ranks it', async ({ form }) => {
  await form.show(ranking);
  await form.pressSubmit();
  await expect(form.page.getByRole('main').getByRole('alert').first()).toContainText('Order');
  await expect(rows(form.page)).toHaveText([/Nothing ranked yet/]);
});

test('options are ranked by pressing them in order, and the order outlives a reload', async ({
  form,
}) => {
  await form.show(ranking);
  const { page } = form;
  for (const name of ['Cherry', 'Apple', 'Banana']) await option(page, name).click();
  await expect(said(page)).toHaveText('Banana is number 3.');
  expect(await form.submit()).toEqual({ x: ['c', 'a', 'b'] });
  await form.reload();
  expect(await form.submit()).toEqual({ x: ['c', 'a', 'b'] });
  expect(form.problems).toEqual([]);
});

test('an order is made and changed by keys alone', async ({ form }) => {
  await form.show(ranking);
  const { page } = form;
  await option(page, 'Banana').focus();
  await page.keyboard.press('Enter');
  // The focus moved to the next option.
  await expect(option(page, 'Cherry')).toBeFocused();
  await page.keyboard.press('1');
  await page.keyboard.press('3');
  await expect(rows(page)).toHaveText([/Banana/, /Apple/, /Cherry/]);
  const up = page.getByRole('button', { name: 'Move Cherry, number 3 of 3 up' });
  await up.focus();
  await page.keyboard.press('Alt+ArrowUp');
  await page.keyboard.press('Alt+ArrowUp');
  await expect(said(page)).toHaveText('Cherry is number 1.');
  await expect(page.getByRole('button', { name: 'Move Cherry, number 1 of 3 up' })).toBeFocused();
  expect(await form.submit()).toEqual({ x: ['c', 'b', 'a'] });
  await page.getByRole('button', { name: 'Take out Banana, number 2 of 3' }).focus();
  await page.keyboard.press('Delete');
  await expect(rows(page)).toHaveText([/Cherry/, /Apple/]);
});

test('entries are dragged into place, and options into the list', async ({ form }) => {
  await form.show(ranking);
  const { page } = form;
  await option(page, 'Apple').dragTo(rows(page).first());
  await expect(rows(page)).toHaveText([/Apple/]);
  await option(page, 'Banana').click();
  await option(page, 'Cherry').dragTo(rows(page).first(), { targetPosition: { x: 60, y: 4 } });
  await expect(rows(page)).toHaveText([/Cherry/, /Apple/, /Banana/]);
  await rows(page)
    .nth(0)
    .dragTo(rows(page).nth(2), {
      sourcePosition: { x: 60, y: 20 },
      targetPosition: { x: 60, y: 30 },
    });
  expect(await form.submit()).toEqual({ x: ['a', 'b', 'c'] });
  expect(form.problems).toEqual([]);
});

test('without uniqueItems a choice may come again, and its place is kept', async ({ form }) => {
  await form.show(list({ maxItems: 4 }));
  const { page } = form;
  for (const name of ['Banana', 'Apple', 'Banana', 'Cherry']) await option(page, name).click();
  // It is full: neither the options nor their keys add to it.
  await expect(option(page, 'Apple')).toBeDisabled();
  await page.keyboard.press('1');
  await expect(said(page)).toHaveText('The list is full.');
  expect(await form.submit()).toEqual({ x: ['b', 'a', 'b', 'c'] });
  await page.getByRole('button', { name: 'Take out Banana, number 1 of 4' }).click();
  await form.reload();
  expect(await form.submit()).toEqual({ x: ['a', 'b', 'c'] });
});
