import { expect } from '@playwright/test';
import { callApi, keepSession } from './instance';
import { test } from './test';

const REVOKED_MS_MAX = 6_000;

test('a key made in the dashboard works at once, and no longer once it is revoked', async ({
  page,
}) => {
  await keepSession(page, 'customer');
  await page.goto('/dashboard/settings/api-keys');
  const name = `Browser test ${Date.now()}`;
  await page.getByRole('button', { name: 'Create key' }).first().click();
  const dialog = page.getByRole('dialog');
  await dialog.getByRole('button', { name: 'Create key' }).click();
  await expect(dialog.getByText('Enter a name for the key')).toBeVisible();
  await dialog.getByLabel('Name').fill(name);
  await dialog.getByLabel('Most it may spend a day').fill('50000');
  await dialog.getByRole('button', { name: 'Create key' }).click();
  const key = (await dialog.getByTestId('new-api-key').textContent()) ?? '';
  expect(key).toMatch(/^ek_test_[0-9A-Za-z]{38}$/);
  await dialog.getByRole('button', { name: 'Done' }).click();

  await expect(page.getByText(name)).toBeVisible();
  // A secret shown once is not in the page afterwards.
  expect(await page.content()).not.toContain(key);
  expect((await callApi(key, 'GET', '/v1/tasks')).status).toBe(200);

  await expect(page.getByText('0 of at most 50,000 sats spent today')).toBeVisible();
  await page.getByRole('button', { name: `Change the cap of ${name}` }).click();
  const cap = page.getByRole('dialog');
  await cap.getByLabel('Most it may spend a day').fill('0');
  await cap.getByRole('button', { name: 'Save' }).click();
  await expect(cap.getByText('Enter at least one sat')).toBeVisible();
  await cap.getByLabel('Most it may spend a day').fill('1');
  await cap.getByRole('button', { name: 'Save' }).click();
  await expect(page.getByText('0 of at most 1 sats spent today')).toBeVisible();
  const refused = await callApi(key, 'POST', '/v1/tasks', { type: 'capped', payload: { q: 1 } });
  expect(refused.status).toBe(403);

  await page.getByRole('button', { name: `Revoke ${name}` }).click();
  await page.getByRole('button', { name: 'Revoke key' }).click();
  await expect(page.getByText(`“${name}” is revoked.`)).toBeVisible();
  await expect
    .poll(async () => (await callApi(key, 'GET', '/v1/tasks')).status, { timeout: REVOKED_MS_MAX })
    .toBe(401);
});

test('the switch to live shows other keys, and says which mode it is', async ({ page }) => {
  await keepSession(page, 'customer');
  await page.goto('/dashboard/settings/api-keys');
  await expect(page.getByText('Test mode', { exact: true })).toBeVisible();
  await page.getByRole('button', { name: 'Live', exact: true }).click();
  await expect(page.getByText('Test mode', { exact: true })).toBeHidden();
  await expect(page.getByText(/ek_live_…/).first()).toBeVisible();
  await expect(page.getByText(/ek_test_…/)).toHaveCount(0);
});
