import { expect } from '@playwright/test';
import { box, expectAnswer, expectRefusal, object, option, text } from './expectations';
import { test } from './form-page';

const when = (name: string, value: unknown) => ({
  properties: { [name]: { const: value } },
  required: [name],
});

test.describe('a field that several branches describe is that of the branch that holds', () => {
  const reasons = (values: string[]) => ({
    properties: { reason: { enum: values } },
    required: ['reason'],
  });

  test('words and choices, and going back finds what was chosen', async ({ form }) => {
    await form.show({
      ...object({ decision: { enum: ['approve', 'reject'] } }, { required: ['decision'] }),
      if: when('decision', 'approve'),
      // biome-ignore lint/suspicious/noThenProperty: the keyword's name
      then: reasons(['low_risk', 'known_customer']),
      else: reasons(['fraud', 'duplicate']),
    });
    const { page } = form;
    await option(page, 'Approve').click();
    await expect(option(page, 'Duplicate')).toHaveCount(0);
    await option(page, 'Known customer').click();
    await option(page, 'Reject').click();
    await expect(page.getByRole('radio', { checked: true })).toHaveCount(1);
    await expectRefusal(form, 'Reason: This is needed.');
    await option(page, 'Fraud').click();
    await option(page, 'Approve').click();
    await expect(page.getByRole('radio', { name: 'Known customer' })).toBeChecked();
    await expectAnswer(form, { decision: 'approve', reason: 'known_customer' });
    // Input in the other branch is kept with the draft.
    await option(page, 'Reject').click();
    await expectAnswer(form, { decision: 'reject', reason: 'fraud' });
  });

  test('a change of type, in a list as well', async ({ form }) => {
    const kinds = object(
      { kind: { enum: ['amount', 'comment'] } },
      {
        required: ['kind'],
        allOf: [
          // biome-ignore lint/suspicious/noThenProperty: the keyword's name
          { if: when('kind', 'amount'), then: object({ value: { type: 'number' } }) },
          // biome-ignore lint/suspicious/noThenProperty: the keyword's name
          { if: when('kind', 'comment'), then: object({ value: text }, { required: ['value'] }) },
        ],
      },
    );
    await form.show(object({ rows: { type: 'array', items: kinds } }, { required: ['rows'] }));
    const { page } = form;
    await page.getByRole('button', { name: 'Add an entry' }).click();
    await page.getByRole('button', { name: 'Add another' }).click();
    const kind = (row: number, name: string) =>
      box(page, `rows→${row}→kind`).getByText(name, { exact: true }).click();
    await kind(0, 'Amount');
    await box(page, 'rows→0→value').fill('1.5');
    await kind(1, 'Comment');
    await box(page, 'rows→1→value').fill('late');
    await kind(0, 'Comment');
    await expect(box(page, 'rows→0→value')).toHaveValue('');
    await expectRefusal(form, 'Row 1 of Rows, Value: This is needed.');
    await kind(0, 'Amount');
    await expect(box(page, 'rows→0→value')).toHaveValue('1.5');
    // A row's data moves with it.
    await page.getByRole('button', { name: 'Move entry 2 of 2 up' }).click();
    await kind(1, 'Comment');
    await kind(1, 'Amount');
    await expect(box(page, 'rows→1→value')).toHaveValue('1.5');
    await expectAnswer(form, {
      rows: [
        { kind: 'comment', value: 'late' },
        { kind: 'amount', value: 1.5 },
      ],
    });
  });

  test('a branch that only bounds a field leaves it the same box', async ({ form }) => {
    await form.show({
      ...object({ bad: { type: 'boolean' }, why: text }, { required: ['bad'] }),
      if: when('bad', true),
      // biome-ignore lint/suspicious/noThenProperty: the keyword's name
      then: { required: ['why'], properties: { why: { type: 'string', minLength: 10 } } },
    });
    const { page } = form;
    await box(page, 'why').fill('short');
    await option(page, 'Yes').click();
    await expect(box(page, 'why')).toHaveValue('short');
    await expectRefusal(form, 'Why: Write at least 10 characters.');
    await option(page, 'No').click();
    expect(await form.submit()).toEqual({ bad: false, why: 'short' });
    await option(page, 'Yes').click();
    await box(page, 'why').fill('because it is wrong');
    await expectAnswer(form, { bad: true, why: 'because it is wrong' });
  });
});

test.describe('a union', () => {
  const variant = (title: string, action: string, more: object = {}) => ({
    ...object({ action: { const: action, default: action, type: 'string' } }),
    title,
    ...more,
  });
  const decision = {
    oneOf: [
      variant('Approve', 'approve'),
      {
        title: 'Reject',
        ...object(
          { action: { const: 'reject', default: 'reject', type: 'string' }, reason: text },
          { required: ['reason'] },
        ),
      },
    ],
  };

  test('that nobody touched chooses nothing', async ({ form }) => {
    await form.show(object({ note: text, decision }, { required: ['note', 'decision'] }));
    const { page } = form;
    await box(page, 'note').fill('x');
    await expectRefusal(form, 'Decision: Choose one: Approve, Reject.');
    await option(page, 'Approve').click();
    await expectAnswer(form, { note: 'x', decision: { action: 'approve' } });
    await form.show(object({ note: text, decision }, { required: ['note'] }));
    await box(page, 'note').fill('x');
    await expectAnswer(form, { note: 'x' });
  });

  test('switched to and fro has the defaults and the text of each variant', async ({ form }) => {
    const named = (name: string) => ({
      title: name,
      ...object({ [name]: { type: 'string', default: name } }, { required: [name] }),
    });
    await form.show(object({ x: { oneOf: [named('foo'), named('bar')] } }, { required: ['x'] }));
    const { page } = form;
    await option(page, 'bar').click();
    await box(page, 'x→bar').fill('mine');
    await option(page, 'foo').click();
    await expect(box(page, 'x→foo')).toHaveValue('foo');
    await option(page, 'bar').click();
    await expect(box(page, 'x→bar')).toHaveValue('mine');
    await expectAnswer(form, { x: { bar: 'mine' } });
    await option(page, 'foo').click();
    await expectAnswer(form, { x: { foo: 'foo' } });
  });
});
