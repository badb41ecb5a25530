import { expect, type Page } from '@playwright/test';
import {
  acceptOffer,
  accountOf,
  callApi,
  firstRun,
  goOnline,
  REVIEW_TASK,
  signIn,
} from './instance';
import { test } from './test';

const OFFER_MS_MAX = 2_000;

/** Presses Tab until the field with this name has the focus. */
async function tabTo(page: Page, name: string): Promise<void> {
  for (let presses = 0; presses < 15; presses++) {
    await page.keyboard.press('Tab');
    const at = await page.evaluate(() => document.activeElement?.getAttribute('name'));
    if (at === name) return;
  }
  throw new Error(`The field "${name}" cannot be reached by the Tab key.`);
}

async function signInByKeyboard(page: Page): Promise<void> {
  const { email, password } = accountOf('worker');
  await page.goto('/sign-in');
  await expect(page.getByRole('button', { name: 'Sign in' })).toBeEnabled();
  await tabTo(page, 'email');
  await page.keyboard.type(email);
  await tabTo(page, 'password');
  await page.keyboard.type(password);
  await page.keyboard.press('Enter');
  await expect(page.getByRole('heading', { level: 1, name: 'Queue' })).toBeVisible();
}

async function expectVerified(taskId: unknown, output: object): Promise<void> {
  const { body } = await callApi(firstRun().liveKey, 'GET', `/v1/tasks/${taskId}?wait=30`);
  expect(body).toMatchObject({ status: 'verified', output });
}

test('a live task reaches the worker within two seconds and is verified, by keyboard alone', async ({
  page,
}) => {
  await signInByKeyboard(page);
  await goOnline(page);
  const { status, body: task } = await callApi(
    firstRun().liveKey,
    'POST',
    '/v1/tasks',
    REVIEW_TASK,
  );
  expect(status).toBe(201);
  // No reload: the page is notified.
  await expect(page.getByRole('link', { name: /^Accept / })).toBeVisible({
    timeout: OFFER_MS_MAX,
  });

  await page.keyboard.press('n');
  await expect(page.getByRole('heading', { level: 1, name: 'Content review' })).toBeVisible();
  await expect(page.getByRole('timer')).toHaveText(/[0-4]:\d\d/);

  await page.keyboard.press('Control+Enter');
  await expect(page.getByText('2 things are missing')).toBeVisible();
  await expect(page.getByRole('radio', { name: 'Genuine' })).toBeFocused();

  await page.keyboard.press('?');
  await expect(page.getByRole('dialog', { name: 'Keys' })).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(page.getByRole('dialog')).toBeHidden();

  await page.keyboard.press('2');
  await page.keyboard.press('y');
  await expect(page.getByRole('radio', { name: 'AI generated' })).toBeChecked();
  await expect(page.getByRole('radio', { name: 'Yes' })).toBeChecked();
  await page.keyboard.press('Control+Enter');
  await expect(page.getByRole('heading', { level: 1, name: 'Queue' })).toBeVisible();
  await expectVerified(task.id, { verdict: 'ai_generated', helpful: true });

  await page.goto('/work/history');
  const answer = page.getByRole('group').first();
  await expect(answer.getByText('Accepted').first()).toBeVisible();
  await expect(answer.getByText('500 sats').first()).toBeVisible();
});

test('a reload keeps the draft, and a task given back goes on without it', async ({ page }) => {
  await signIn(page, 'worker');
  await goOnline(page);
  const { body: task } = await callApi(firstRun().liveKey, 'POST', '/v1/tasks', REVIEW_TASK);
  await acceptOffer(page);
  await page.getByLabel('Notes').fill('Half an answer');
  await page.reload();
  await expect(page.getByLabel('Notes')).toHaveValue('Half an answer');

  await page.getByRole('button', { name: 'Give back' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByRole('button', { name: 'Give back' }).click();
  await expect(dialog.getByText('Choose a reason, or write one.')).toBeVisible();
  await dialog.getByText('I cannot tell').click();
  await dialog.getByRole('button', { name: 'Give back' }).click();
  await expect(page.getByRole('heading', { level: 1, name: 'Queue' })).toBeVisible();
  const statusNow = async () =>
    (await callApi(firstRun().liveKey, 'GET', `/v1/tasks/${task.id}`)).body.status;
  await expect.poll(statusNow).toBe('posted');
  await callApi(firstRun().liveKey, 'POST', `/v1/tasks/${task.id}/cancel`);
});
