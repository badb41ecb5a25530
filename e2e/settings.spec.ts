import { expect } from '@playwright/test';
import { keepSession } from './instance';
import { test } from './test';

test('a low balance is set, shown on every page while it lasts, and forgotten', async ({
  page,
}) => {
  await keepSession(page, 'customer');
  await page.goto('/dashboard/billing');
  const change = async (threshold: string) => {
    await page.getByRole('button', { name: 'Change limits' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByLabel('Tell us of a balance below').fill(threshold);
    await dialog.getByRole('button', { name: 'Save' }).click();
    await expect(dialog).toBeHidden();
  };
  await change('900000000000');
  await expect(page.getByText('Owners and admins are told below')).toBeVisible();
  await page.goto('/dashboard/tasks');
  const banner = page.getByText('New tasks are refused once it does not cover them.');
  await expect(banner).toBeVisible();
  await page.goto('/dashboard/billing');
  await change('');
  await expect(page.getByText('Nobody is told')).toBeVisible();
  await expect(banner).toBeHidden();
});

test('limits that somebody else has changed meanwhile are not written over', async ({
  page,
  context,
}) => {
  await keepSession(page, 'customer');
  const other = await context.newPage();
  for (const each of [page, other]) {
    await each.goto('/dashboard/billing');
    await each.getByRole('button', { name: 'Change limits' }).click();
    await each.getByRole('dialog').getByLabel('Most to spend a day').fill('900000000000');
  }
  await other.getByRole('button', { name: 'Save' }).click();
  await expect(other.getByRole('dialog')).toBeHidden();
  await page.getByRole('button', { name: 'Save' }).click();
  await expect(page.getByText('Somebody else changed the limits')).toBeVisible();
  await page.getByRole('button', { name: 'Show what is there now' }).click();
  await expect(page.getByText('Somebody else changed the limits')).toBeHidden();
  await page.getByRole('dialog').getByLabel('Most to spend a day').fill('');
  await page.getByRole('button', { name: 'Save' }).click();
  await expect(page.getByRole('dialog')).toBeHidden();
});

test('an endpoint shows its health once events were sent', async ({ page }) => {
  await keepSession(page, 'customer');
  await page.goto('/dashboard/settings/webhooks/inspector');
  const add = page.getByRole('button', { name: /Add the inspector as endpoint/ });
  await expect(page.getByText(/Its address is|See events without a server/).first()).toBeVisible();
  if (await add.isVisible()) {
    await add.click();
    await expect(add).toBeHidden();
  }
  await page.goto('/dashboard/settings/webhooks');
  await page.getByRole('button', { name: 'Reveal secret' }).click();
  const secret = (await page.getByTestId('callback-secret').textContent()) ?? '';
  expect(secret).toMatch(/^whsec_/);
  await page.getByRole('button', { name: 'Rotate the callback secret' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Rotate secret' }).click();
  await expect(page.getByText(/The former secret signs as well until/)).toBeVisible();
  await expect(page.getByTestId('callback-secret')).not.toHaveText(secret);
  await page
    .getByRole('link', { name: /\/inbox\// })
    .first()
    .click();
  await page.getByRole('button', { name: 'Send test event' }).click();
  await expect(page.getByText(/Delivered: it answered/)).toBeVisible({ timeout: 20_000 });
  await expect(page.getByText(/% of \d+ tr(y|ies) arrived/)).toBeVisible({ timeout: 30_000 });
});

test('the audit log is narrowed by the address, and leaves as CSV', async ({ page }) => {
  await keepSession(page, 'customer');
  await page.goto('/dashboard/settings/audit');
  await expect(page.locator('[data-ready]')).toBeAttached();
  await page.getByLabel('Which acts').selectOption('API keys');
  await expect(page).toHaveURL(/action=api_key/);
  const csv = await page.request.get('/dashboard/settings/audit/audit.csv?action=api_key');
  expect(csv.headers()['content-type']).toContain('text/csv');
  const [head, ...lines] = (await csv.text()).trim().split('\r\n');
  expect(head).toBe('id,at,actor,actor_label,action,subject,data,network');
  expect(lines.length).toBeGreaterThan(0);
  for (const line of lines) expect(line).toContain(',api_key.');
  const bad = await page.request.get('/dashboard/settings/audit/audit.csv?from=yesterday');
  expect(bad.status()).toBe(400);
});

test('an address that leads nowhere is said inside the dashboard, with ways on', async ({
  page,
}) => {
  await keepSession(page, 'customer');
  const answer = await page.goto('/dashboard/nowhere/at-all');
  expect(answer?.status()).toBe(404);
  await expect(page.getByRole('heading', { name: 'There is no such page' })).toBeVisible();
  await page.getByRole('main').getByRole('link', { name: 'Overview' }).click();
  await expect(page.getByRole('heading', { level: 1, name: 'Overview' })).toBeVisible();
});
