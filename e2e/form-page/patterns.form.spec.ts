import { expect } from '@playwright/test';
import { test } from './form-page';

/** What pydantic writes for a Decimal. */
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
