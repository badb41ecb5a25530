import { expect, type Page } from '@playwright/test';
import { firstRun } from './instance';
import { inspect } from './looks';
import { test } from './test';

/** The form of a call in the reference, opened by keyboard. */
async function openCall(page: Page, heading: string) {
  const section = page.getByRole('group').filter({ hasText: `Try it: ${heading}` });
  await section.getByText('Try it').focus();
  await page.keyboard.press('Enter');
  await expect(section.getByRole('button', { name: `Send: ${heading}` })).toBeVisible();
  return section;
}

test('a call is tried from the reference with a test key, signed out and by keyboard', async ({
  page,
}) => {
  await page.goto('/docs/api/tasks');
  const create = await openCall(page, 'Create a task');
  await create.getByLabel('Test key').focus();
  await page.keyboard.type(firstRun().testKey);
  await page.keyboard.press('Enter');
  await expect(create.getByText('201 Created')).toBeVisible();
  await expect(create.getByText('x-request-id')).toBeVisible();
  await expect(create.getByText('"object": "task"')).toBeVisible();

  // The next call reuses the key, and the created id.
  const read = await openCall(page, 'Get a task');
  await read.getByLabel('wait').fill('30');
  await read.getByRole('button', { name: 'Send: Get a task' }).click();
  await expect(read.getByText('200 OK')).toBeVisible({ timeout: 35_000 });
  await expect(read.getByText('"status": "verified"')).toBeVisible();
  expect(await page.evaluate(() => Object.values(localStorage).join())).not.toContain('ek_test_');
});

test('a live key is refused in words and not sent', async ({ page }) => {
  test.slow();
  await page.goto('/docs/api/usage');
  const balance = await openCall(page, 'Get the balance');
  const sent: string[] = [];
  page.on('request', (request) => sent.push(new URL(request.url()).pathname));
  await balance.getByLabel('Test key').fill(firstRun().liveKey);
  await balance.getByRole('button', { name: 'Send: Get the balance' }).click();
  await expect(balance.getByRole('alert')).toContainText('This is a live key');
  expect(sent).not.toContain('/v1/balance');
  expect(await page.evaluate(() => Object.values(sessionStorage).join())).not.toContain('ek_live_');

  await balance.getByLabel('Test key').fill(firstRun().testKey);
  await balance.getByRole('button', { name: 'Send: Get the balance' }).click();
  await expect(balance.getByText('200 OK')).toBeVisible();
  await inspect(page, 'docs-try-it', 0);
});

test('a call that cannot be undone says what it does before it is sent', async ({ page }) => {
  await page.goto('/docs/api/tasks');
  const cancel = await openCall(page, 'Cancel a task');
  await expect(cancel.getByText('It ends the task for good.')).toBeVisible();
});
