import { expect } from '@playwright/test';
import { test } from './form-page';

const schema = {
  type: 'object',
  required: ['ok', 'note'],
  properties: {
    ok: { type: 'boolean' },
    more: { enum: ['a', 'b'] },
    note: { type: 'string', maxLength: 40 },
  },
};

test('a key answers at once, until there is unsent text: then its first press only focuses', async ({
  form,
}) => {
  await form.show({
    ...schema,
    properties: { ...schema.properties, given: { type: 'string', default: 'Not typed by anyone' } },
  });
  const { page } = form;
  const yes = page.getByRole('radio', { name: 'Yes' });
  await page.keyboard.press('y');
  await expect(yes).toBeChecked();
  await page.keyboard.press('Delete');
  await expect(yes).not.toBeChecked();

  await page.getByRole('textbox', { name: 'Note' }).fill('not sure');
  await page.keyboard.press('Escape');
  await page.keyboard.press('y');
  await expect(yes).toBeFocused();
  await expect(yes).not.toBeChecked();
  await page.keyboard.press('y');
  await expect(yes).toBeChecked();
  // The focus is now among the questions.
  await page.keyboard.press('2');
  expect(await form.submit()).toEqual({
    ok: true,
    more: 'b',
    note: 'not sure',
    given: 'Not typed by anyone',
  });
  expect(form.problems).toEqual([]);
});
