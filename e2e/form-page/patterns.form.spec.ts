import { expect } from '@playwright/test';
import { test } from './form-page';

/** pydantic's pattern of a Decimal. */
const DECIMAL = '^(?!^[-+.]*$)[+-]?0*\\d*\\.?\\d*$';

const lone = (pattern: string) => ({
  type: 'object',
  required: ['x'],
  properties: { x: { type: 'string', pattern } },
});

test('a pattern with look-around is checked in the page', async ({ form }) => {
  await form.show(lone(DECIMAL));
  const { page } = form;
  const box = page.getByRole('textbox');
  for (const wrong of ['-+', 'twelve']) {
    await box.fill(wrong);
    await form.pressSubmit();
    await expect(page.getByRole('main').getByRole('alert').first()).toContainText('in the form');
  }
  await box.fill('-12.50');
  expect(await form.submit()).toEqual({ x: '-12.50' });
  expect(form.problems).toEqual([]);
});

test('a pattern that takes too long is refused in words, and the page stays quick', async ({
  form,
}) => {
  await form.show(lone('^(?=(a+)+$)a*$'));
  const { page } = form;
  await page.getByRole('textbox').fill(`${'a'.repeat(40)}b`);
  await form.pressSubmit();
  await expect(page.getByRole('main').getByRole('alert').first()).toContainText(
    'takes too long to check',
  );
  await page.getByRole('textbox').fill('aaa');
  expect(await form.submit()).toEqual({ x: 'aaa' });
  expect(form.problems).toEqual([]);
});

test('names that a look-around decides on are known by it', async ({ form }) => {
  await form.show({
    type: 'object',
    additionalProperties: false,
    patternProperties: { '^(?!x)': { type: 'string' } },
  });
  const { page } = form;
  await page.getByRole('button', { name: 'Write it as JSON' }).click();
  const json = page.getByLabel('Answer as JSON');
  await json.fill('{"xa": "1"}');
  await form.pressSubmit();
  await expect(page.getByRole('main').getByRole('alert').first()).toContainText('Leave this out');
  await json.fill('{"ya": "1"}');
  expect(await form.submit()).toEqual({ ya: '1' });
});

test('a condition on a look-around brings its fields while the form is filled in', async ({
  form,
}) => {
  await form.show({
    type: 'object',
    required: ['code'],
    properties: { code: { type: 'string', maxLength: 9 } },
    if: { properties: { code: { pattern: '^(?!X)' } }, required: ['code'] },
    // biome-ignore lint/suspicious/noThenProperty: a keyword of JSON Schema
    then: { properties: { plain: { type: 'string', maxLength: 9 } }, required: ['plain'] },
    else: { properties: { special: { type: 'string', maxLength: 9 } }, required: ['special'] },
  });
  const { page } = form;
  const code = page.getByRole('textbox', { name: 'Code' });
  const plain = page.getByRole('textbox', { name: 'Plain' });
  const special = page.getByRole('textbox', { name: 'Special' });
  // Input entered immediately after the code is kept, because the branch changes with a delay.
  await code.fill('X1');
  await special.fill('a');
  expect(await form.submit()).toEqual({ code: 'X1', special: 'a' });
  await code.fill('Y1');
  await plain.fill('b');
  await expect(special).toBeHidden();
  expect(await form.submit()).toEqual({ code: 'Y1', plain: 'b' });
  await code.fill('X1');
  await expect(special).toHaveValue('a');
  expect(await form.submit()).toEqual({ code: 'X1', special: 'a' });
  expect(form.problems).toEqual([]);
});
