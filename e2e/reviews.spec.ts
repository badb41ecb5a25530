import { randomUUID } from 'node:crypto';
import type { Page } from '@playwright/test';
import { axeFaults } from './axe';
import { callApi, firstRun, keepSession } from './instance';
import { inspect } from './looks';
import { test } from './test';
import { trpc } from './trpc';
import { expect } from './workers';

/** Reviews in test mode: simulated workers answer, and people decide by keyboard. */

const OUTPUT_SCHEMA = {
  type: 'object',
  required: ['verdict'],
  properties: { verdict: { type: 'string', enum: ['genuine', 'fake'] } },
};

/** A type of the test's own, to filter the queue by. */
async function newType(page: Page, qa: object): Promise<string> {
  const type = `reviewed_${randomUUID().slice(0, 8)}`;
  await trpc(page, 'taskTypes.save', {
    type,
    title: 'Judge a coin',
    instructions: 'Look at the **edge**.',
    output_schema: OUTPUT_SCHEMA,
    payout_sats: 10,
    policy: { qa: { sampleRate: 0, secondReviewRate: 0, ...qa } },
  });
  return type;
}

async function ask(type: string, more: object = {}): Promise<string> {
  const { status, body } = await callApi(firstRun().testKey, 'POST', '/v1/tasks', {
    type,
    payload: { coin: 'Obol' },
    sla_seconds: 600,
    sandbox: { answer: { verdict: 'genuine' }, reviewer: { decision: 'wait' } },
    ...more,
  });
  expect(status, JSON.stringify(body)).toBe(201);
  return String(body.id);
}

const taskOf = async (id: string) =>
  (await callApi(firstRun().testKey, 'GET', `/v1/tasks/${id}`)).body;

/** Opens the queue and filters it by the type, whose reviews wait for the signed-in user. */
async function openQueue(page: Page, path: string, type: string, count = 1): Promise<void> {
  await page.goto(path);
  await expect(page.getByRole('heading', { level: 1, name: 'Reviews' })).toBeVisible();
  await expect(page.locator('[data-ready]')).toBeAttached();
  const choice = page.getByRole('combobox', { name: 'Type' });
  const words = type.replaceAll('_', ' ');
  await choice.selectOption({ value: type });
  const list = page.getByRole('navigation', { name: 'Open reviews' });
  await expect(list.getByRole('button', { name: new RegExp(words.slice(1)) })).toHaveCount(count);
  await expect(list.getByRole('button')).toHaveCount(count);
  await expect(page.getByText('Obol').first()).toBeVisible();
  await expect(decisions(page).getByRole('button', { name: 'Accept' })).toBeEnabled();
  // Moves the focus from the filter field to the page, so that keys work.
  await page.getByRole('heading', { level: 1, name: 'Reviews' }).click();
}

const decisions = (page: Page) => page.getByRole('region', { name: 'Decision' });

/** Changes the form to the other choice, as a correction with a reason, and sends it. */
async function correctByKeys(page: Page, reason: string): Promise<void> {
  await page.keyboard.press('c');
  await expect(page.getByRole('radio', { name: 'Genuine' })).toBeFocused();
  await page.keyboard.press('2');
  await expect(page.getByRole('radio', { name: 'Fake' })).toBeChecked();
  await page.getByRole('textbox', { name: 'Reason' }).focus();
  await page.keyboard.type(reason);
  await page.keyboard.press('Enter');
  await expect(page.getByText('Decided.')).toBeVisible();
}

test('what waits is decided by keyboard, by a member of the organization', async ({ page }) => {
  test.slow();
  await keepSession(page, 'customer');
  await trpc(page, 'ownReviews.setScope', { publicPool: true });
  const type = await newType(page, { alwaysReview: true });
  const ids = [await ask(type), await ask(type)];
  // Which of them was answered first, and is first in the queue, is random.
  const verdicts = async () => {
    const tasks = await Promise.all(ids.map(taskOf));
    return tasks.map(({ output }) => (output as { verdict: string } | null)?.verdict ?? '').sort();
  };
  for (const id of ids) {
    await expect.poll(async () => (await taskOf(id)).status).toBe('submitted');
  }
  await openQueue(page, '/dashboard/reviews', type, 2);
  const list = page.getByRole('navigation', { name: 'Open reviews' });
  await expect(page.getByText('Look at the edge.')).toBeAttached();
  expect(await axeFaults(page)).toEqual([]);
  await page.keyboard.press('?');
  await expect(page.getByRole('dialog').getByText('Reject; Enter sends it')).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(page.getByRole('dialog')).toBeHidden();
  await page.keyboard.press('j');
  await expect(list.getByRole('button').nth(1)).toHaveAttribute('aria-current', 'true');
  await page.keyboard.press('k');
  await expect(list.getByRole('button').first()).toHaveAttribute('aria-current', 'true');
  await expect(decisions(page).getByRole('button', { name: 'Accept' })).toBeEnabled();

  await page.keyboard.press('x');
  await page.keyboard.press('Enter');
  await expect(page.getByText('Enter a reason; the worker sees it.')).toBeVisible();
  await page.keyboard.press('Escape');
  await correctByKeys(page, 'The edge is cast.');
  await expect.poll(verdicts).toEqual(['', 'fake']);

  // The next one opened automatically.
  await expect(list.getByRole('button')).toHaveCount(1);
  await expect(decisions(page).getByRole('button', { name: 'Accept' })).toBeEnabled();
  await page.keyboard.press('a');
  await page.keyboard.press('Enter');
  await expect.poll(verdicts).toEqual(['fake', 'genuine']);
  await expect(page.getByText('None of this kind waits')).toBeVisible();
});

test('an audit tells the customer of another output, and is decided again without knowing', async ({
  page,
  browser,
}) => {
  test.slow();
  await keepSession(page, 'customer');
  await trpc(page, 'ownReviews.setScope', { publicPool: true });
  await trpc(page, 'inspector.open');
  const type = await newType(page, { sampleRate: 1, secondReviewRate: 1 });
  const id = await ask(type);
  await expect.poll(async () => (await taskOf(id)).status).toBe('verified');
  await openQueue(page, '/dashboard/reviews', type);
  await page.keyboard.press('o');
  await correctByKeys(page, 'The edge is cast.');
  await expect
    .poll(async () => (await taskOf(id)).correction)
    .toMatchObject({
      decision: 'correct',
      output: { verdict: 'fake' },
      reason: 'The edge is cast.',
    });
  expect(await taskOf(id)).toMatchObject({ status: 'verified', output: { verdict: 'genuine' } });

  await page.goto(`/dashboard/tasks/${id}`);
  await expect(page.getByText('An audit after delivery came to another output')).toBeVisible();
  await expect(page.getByText('An audit came to another output')).toBeVisible();
  await page.goto('/dashboard/settings/webhooks/inspector');
  await expect(page.getByText('task.corrected').first()).toBeVisible();
  await page.goto(`/dashboard/task-types/${type}/golds`);
  await page.getByRole('button', { name: 'Make a gold: Obol' }).click();
  await expect(page.getByTestId('gold')).toContainText('Obol');

  const context = await browser.newContext();
  const operator = await context.newPage();
  await keepSession(operator, 'operator');
  await openQueue(operator, '/ops/reviews', type);
  await expect(operator.getByText('Another reviewer has decided this one.')).toBeVisible();
  await expect(operator.getByText('The edge is cast.')).toBeHidden();
  await inspect(operator, 'review-desk', 0);
  await operator.getByRole('heading', { level: 1, name: 'Reviews' }).click();
  await operator.keyboard.press('a');
  await operator.keyboard.press('Enter');
  await expect(operator.getByText('Decided.')).toBeVisible();
  const agreement = operator
    .getByRole('heading', { name: 'Agreement of reviewers' })
    .locator('../..');
  await expect(agreement.getByText(/first correct, then accept/).first()).toBeVisible();
  await expect(agreement).toContainText(/Cohen’s κ-?\d\.\d\d/);
  await expect(agreement).toContainText(/says little yet/);
  await context.close();
  expect((await taskOf(id)).correction).toMatchObject({ decision: 'correct' });
});
