import { expect } from '@playwright/test';
import { box, expectAnswer, expectRefusal, object, text } from './expectations';
import { test } from './form-page';

test.describe('a map', () => {
  const map = (values: object) => object({ m: { type: 'object', additionalProperties: values } });

  test('is typed name, Tab, value; entries are there after a reload', async ({ form }) => {
    await form.show({
      ...object({
        m: { type: 'object', additionalProperties: text },
        ok: { type: 'boolean' },
      }),
      required: ['m'],
    });
    const { page } = form;
    await page.getByRole('button', { name: 'Add an entry' }).click();
    for (const [name, value] of [
      ['colour', 'yno'],
      ['constructor', 'a'],
      ['toString', 'b'],
      ['10', 'c'],
    ] as const) {
      await page.keyboard.type(name);
      await page.keyboard.press('Tab');
      await page.keyboard.type(value);
      if (name !== '10') await page.getByRole('button', { name: 'Add another' }).click();
    }
    await expectAnswer(form, {
      m: { colour: 'yno', constructor: 'a', toString: 'b', '10': 'c' },
    });
    await expect(box(page, 'm→colour')).toHaveValue('yno');
    await expect(box(page, 'm→colour-key')).toHaveValue('colour');
  });

  test('says a name that is taken, missing or unusable, and renames nothing', async ({ form }) => {
    await form.show(map({ type: 'integer' }));
    const { page } = form;
    const name = () => page.getByLabel('Name').last();
    await page.getByRole('button', { name: 'Add an entry' }).click();
    await page.keyboard.type('k1');
    await page.keyboard.press('Tab');
    await page.keyboard.type('1');
    await page.getByRole('button', { name: 'Add another' }).click();
    await page.keyboard.type('k1');
    await page.keyboard.press('Tab');
    await page.keyboard.type('2');
    await expectRefusal(form, '“k1” is there already.');
    await form.reload();
    await expect(name()).toHaveValue('k1');
    await name().fill('__proto__');
    await expectRefusal(form, 'This name cannot be used.');
    await name().fill('');
    await expectRefusal(form, 'Give this entry a name.');
    await name().fill('k2');
    await expectAnswer(form, { m: { k1: 1, k2: 2 } });
    await page.getByRole('button', { name: 'Remove k1' }).click();
    await expectAnswer(form, { m: { k2: 2 } });
  });
});

test.describe('places in lists stay as they are', () => {
  test('an empty text is an empty text, and another gap is a fault', async ({ form }) => {
    const rows = { type: 'array', items: { type: 'array', items: text } };
    await form.show(object({ rows, n: { type: 'array', items: { type: 'integer' } } }));
    const { page } = form;
    await page.locator('[id="root→rows__add"]').click();
    for (const value of ['Ann', '', 'Berlin']) {
      await page.locator('[id="root→rows→0__add"]').click();
      await page.keyboard.type(value);
    }
    await page.locator('[id="root→n__add"]').click();
    await page.locator('[id="root→n__add"]').click();
    await page.keyboard.type('2');
    await expectRefusal(form, 'N 1: Fill this in, or remove it.');
    await page.getByRole('button', { name: 'Remove entry 1 of 2' }).click();
    await expectAnswer(form, { rows: [['Ann', '', 'Berlin']], n: [2] });
    // An optional list can be removed.
    await page.getByRole('button', { name: 'Remove entry 1 of 1' }).last().click();
    await expectAnswer(form, { rows: [['Ann', '', 'Berlin']] });
  });

  test('a required text can be given as empty where the schema allows it', async ({ form }) => {
    await form.show(object({ note: text }, { required: ['note'] }));
    await expectRefusal(form, 'Note: This is needed.');
    await form.page.getByRole('button', { name: 'Leave it empty' }).click();
    await expectAnswer(form, { note: '' });
  });

  test('a list that wants a thousand million entries shows none of them', async ({ form }) => {
    await form.show(object({ l: { type: 'array', items: text, minItems: 1e9 } }));
    await expect(form.page.getByRole('button', { name: 'at least 1,000,000,000' })).toBeVisible();
  });

  test('choices that may repeat are a list in order, and not a set', async ({ form }) => {
    const steps = { type: 'array', items: { enum: ['load', 'wash', 'dry'] } };
    await form.show(object({ steps }, { required: ['steps'] }), {
      steps: ['wash', 'load', 'wash'],
    });
    await expectAnswer(form, { steps: ['wash', 'load', 'wash'] });
    await form.show(
      object({ steps: { ...steps, uniqueItems: true, minItems: 3 } }, { required: ['steps'] }),
      { steps: ['dry', 'load', 'wash'] },
    );
    await expectAnswer(form, { steps: ['dry', 'load', 'wash'] });
  });
});

test('a group inside of itself is added by a button with its name', async ({ form }) => {
  await form.show({
    type: 'object',
    required: ['name'],
    properties: { name: text, child: { $ref: '#' } },
  });
  const { page } = form;
  await box(page, 'name').fill('Ann');
  await page.getByRole('button', { name: 'Add Child' }).click();
  await expect(box(page, 'child→name')).toBeFocused();
  await expectRefusal(form, 'Name: This is needed.');
  await page.keyboard.type('Bob');
  await page.getByRole('button', { name: 'Add Child' }).click();
  await page.getByRole('button', { name: 'Remove Child' }).first().click();
  await expectAnswer(form, { name: 'Ann', child: { name: 'Bob' } });
  await page.getByRole('button', { name: 'Remove Child' }).click();
  await expectAnswer(form, { name: 'Ann' });
});

test('rows of small objects are rows of a table where there is room', async ({ form }) => {
  const item = object(
    {
      article: text,
      quantity: { type: 'integer', minimum: 1 },
      price: { type: 'number' },
      unit: { enum: ['piece', 'kilogram'] },
      taxed: { type: 'boolean' },
      note: text,
    },
    { required: ['article', 'quantity'] },
  );
  await form.show(object({ lines: { type: 'array', items: item } }, { required: ['lines'] }));
  const { page } = form;
  await page.setViewportSize({ width: 1280, height: 900 });
  const list = box(page, 'lines');
  for (let row = 0; row < 8; row += 1) {
    await page.locator('[id="root→lines__add"]').click();
    await page.keyboard.type(`Article ${row + 1}`);
    await page.keyboard.press('Tab');
    if (row !== 2) await page.keyboard.type(String(row + 1));
  }
  const height = async () => (await list.boundingBox())?.height ?? 0;
  expect(await height()).toBeLessThan(700);
  await expect(page.getByRole('columnheader', { name: 'Article' })).toBeVisible();
  await expectRefusal(form, 'Row 3 of Lines, Quantity: This is needed.');
  await expect(page.getByLabel('Quantity, row 3')).toBeFocused();
  await page.keyboard.type('3');
  await page.setViewportSize({ width: 390, height: 800 });
  await expect(page.getByRole('columnheader', { name: 'Article' })).toBeHidden();
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390);
  await page.setViewportSize({ width: 1280, height: 900 });
  await expectAnswer(form, {
    lines: Array.from({ length: 8 }, (_, row) => ({
      article: `Article ${row + 1}`,
      quantity: row + 1,
    })),
  });
});
