import { expect, type Page } from '@playwright/test';
import { FormPage, test } from './form-page';

const lone = (field: object, name = 'x') => ({
  type: 'object',
  required: [name],
  properties: { [name]: { title: 'X', ...field } },
});

async function paste(page: Page, text: string): Promise<void> {
  const box = page.getByRole('spinbutton');
  await box.fill('');
  await box.evaluate((element, pasted) => {
    (element as HTMLInputElement).focus();
    document.execCommand('insertText', false, pasted);
  }, text);
}

test.describe('a number is what was pasted, or it is refused in words', () => {
  test('amounts of other locales', async ({ form }) => {
    await form.show(lone({ type: 'number' }));
    for (const [text, value] of [
      ['1.234,56', 1234.56],
      ['€ 19,90', 19.9],
      ['−5', -5],
      ['1\u202f234,5', 1234.5],
      ['１２', 12],
    ] as const) {
      await paste(form.page, text);
      expect(await form.submit(), text).toEqual({ x: value });
    }
    expect(form.problems).toEqual([]);
  });

  test('what has a unit, two meanings or too many digits', async ({ form }) => {
    await form.show(lone({ type: 'integer' }));
    for (const [text, words] of [
      ['12,5 kg', 'without “kg”'],
      ['1,234', 'Write 1234 or 1.2340'],
      ['1234567890123456789', 'too large'],
    ] as const) {
      await paste(form.page, text);
      await form.pressSubmit();
      await expect(form.page.getByRole('main').getByRole('alert').first(), text).toContainText(
        words,
      );
      await expect(form.page.getByRole('spinbutton')).toHaveValue(text);
    }
  });

  test('cents of great amounts, in the form and as JSON', async ({ form }) => {
    await form.show(lone({ type: 'number', multipleOf: 0.01 }));
    for (const value of [2_000_000.13, 111_848.18]) {
      await paste(form.page, String(value));
      expect(await form.submit()).toEqual({ x: value });
    }
    await form.page.getByRole('button', { name: 'Write it as JSON' }).click();
    const json = form.page.getByLabel('Answer as JSON');
    await json.fill('{"x": 1234567890123456789}');
    await form.pressSubmit();
    await expect(form.page.getByRole('main').getByRole('alert').first()).toContainText('Line 1');
    await json.fill('{"x": 2000000.13}');
    expect(await form.submit()).toEqual({ x: 2_000_000.13 });
  });

  test('arrow keys step by decimal arithmetic, within the bounds', async ({ form }) => {
    await form.show(lone({ type: 'number', multipleOf: 0.1, minimum: 0, maximum: 0.4 }));
    const box = form.page.getByRole('spinbutton');
    await box.focus();
    for (let times = 0; times < 4; times += 1) await box.press('ArrowUp');
    await expect(box).toHaveValue('0.3');
    for (let times = 0; times < 4; times += 1) await box.press('ArrowUp');
    expect(await form.submit()).toEqual({ x: 0.4 });
  });
});

test.describe('dates and times', () => {
  const box = (page: Page) => page.locator('main input').first();

  test('keep the zone and the fraction they came with', async ({ form }) => {
    for (const [field, typed, value] of [
      [{ format: 'time', default: '09:30:00+02:00' }, '09:45', '09:45:00+02:00'],
      [{ format: 'time', default: '09:30:00.250Z' }, '10:30', '10:30:00.250Z'],
      [
        { format: 'date-time', default: '2024-05-03T16:05:07.123456+05:30' },
        '2024-05-04T16:05:07',
        '2024-05-04T16:05:07.123456+05:30',
      ],
    ] as const) {
      await form.show(lone({ type: 'string', ...field }));
      await box(form.page).fill(typed);
      expect(await form.submit()).toEqual({ x: value });
      await form.reload();
      await expect(box(form.page)).toHaveValue(typed);
      expect(await form.submit()).toEqual({ x: value });
    }
    await expect(form.page.getByText('In UTC+05:30.')).toBeVisible();
    expect(form.problems).toEqual([]);
  });

  test('that are half filled in are a fault until they are completed or cleared', async ({
    form,
  }) => {
    const schema = {
      type: 'object',
      required: ['n'],
      properties: { d: { type: 'string', format: 'date' }, n: { type: 'string', maxLength: 9 } },
    };
    await form.show(schema);
    const { page } = form;
    await page.locator('input[type="text"]').fill('x');
    const date = page.locator('input[type="date"]');
    await date.focus();
    await page.keyboard.type('0312');
    await form.pressSubmit();
    await expect(page.getByRole('main').getByRole('alert').first()).toContainText(
      'Give day, month and year',
    );
    await date.focus();
    for (let parts = 0; parts < 3; parts += 1) {
      await page.keyboard.press('Backspace');
      await page.keyboard.press('ArrowRight');
    }
    expect(await form.submit()).toEqual({ n: 'x' });
    await date.fill('2024-03-12');
    expect(await form.submit()).toEqual({ d: '2024-03-12', n: 'x' });
  });

  test('without a zone are read as local, and the box says so', async ({ browser }) => {
    const page = await browser.newPage({
      baseURL: process.env.FORM_PAGE_URL,
      timezoneId: 'Europe/Berlin',
      locale: 'de-DE',
    });
    const form = new FormPage(page);
    await form.show(lone({ type: 'string', format: 'date-time', default: '2024-05-03T16:05:00' }));
    await expect(
      page.getByText('Europe/Berlin, UTC+02:00. It was given without one.'),
    ).toBeVisible();
    expect(await form.submit()).toEqual({ x: '2024-05-03T16:05:00+02:00' });

    await form.show(lone({ type: 'string', format: 'date-time' }));
    await expect(page.getByText('In your time zone, Europe/Berlin.')).toBeVisible();
    await box(page).fill('2024-01-15T16:05');
    expect(await form.submit()).toEqual({ x: '2024-01-15T16:05:00+01:00' });
    await form.reload();
    await expect(box(page)).toHaveValue('2024-01-15T16:05');
    // Its time zone depends on the day, like the worker's clock.
    await box(page).fill('2024-07-15T16:05');
    expect(await form.submit()).toEqual({ x: '2024-07-15T16:05:00+02:00' });

    await form.show(lone({ type: 'number' }));
    await paste(page, '1.234');
    await form.pressSubmit();
    await expect(page.getByRole('main').getByRole('alert').first()).toContainText(
      'Write 1234 or 1.2340',
    );
    expect(form.problems).toEqual([]);
    await page.context().close();
  });
});

test.describe('a choice', () => {
  const schema = {
    type: 'object',
    required: ['note'],
    properties: {
      ok: { type: 'boolean' },
      g: {
        enum: [0, 1, 2],
        enumNames: ['None', 'Some', 'All'],
        enumDescriptions: ['Not one', '', ''],
      },
      kind: {
        oneOf: [
          { const: 'a', title: 'First', description: 'What comes first' },
          { const: 'b', description: 'What comes next' },
        ],
      },
      note: { type: 'string', maxLength: 9 },
    },
  };

  test('made by mistake is taken back by pressing it again, by Delete or by Clear', async ({
    form,
  }) => {
    await form.show(schema);
    const { page } = form;
    await page.locator('input[type="text"]').fill('x');
    const yes = page.getByRole('radio', { name: 'Yes' });
    for (const takeBack of [
      () => yes.click(),
      () => page.getByText('Yes', { exact: true }).click(),
      () => page.keyboard.press('Delete'),
      () => page.keyboard.press('Space'),
      () => page.getByRole('button', { name: 'Clear the answer to Ok' }).click(),
    ]) {
      await yes.click();
      await expect(yes).toBeChecked();
      await takeBack();
      await expect(yes).not.toBeChecked();
      expect(await form.submit()).toEqual({ note: 'x' });
    }
    // A double click is one choice.
    await page.getByText('Yes', { exact: true }).dblclick();
    expect(await form.submit()).toEqual({ note: 'x', ok: true });
    // So is a key pressed twice.
    await page.getByRole('radio', { name: 'Some' }).focus();
    await page.keyboard.press('3');
    await page.keyboard.press('3');
    expect(await form.submit()).toEqual({ note: 'x', ok: true, g: 2 });
    expect(form.problems).toEqual([]);
  });

  test('has the names and descriptions that its schema gives', async ({ form }) => {
    await form.show(schema);
    const { page } = form;
    for (const text of ['None', 'Some', 'All', 'Not one', 'First', 'What comes first', 'B']) {
      await expect(page.getByText(text, { exact: true })).toBeVisible();
    }
    await expect(page.getByRole('radio', { name: 'None' })).toHaveAccessibleDescription('Not one');
    await page.getByText('What comes next').click();
    await page.locator('input[type="text"]').fill('x');
    expect(await form.submit()).toEqual({ kind: 'b', note: 'x' });
  });
});
