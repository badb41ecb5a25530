import { type Browser, expect, type Page } from '@playwright/test';
import { axeFaults } from './axe';
import { keepSession } from './instance';
import { test } from './test';

async function linkTo(page: Page): Promise<string> {
  await page.goto('/dashboard/people');
  await page.getByRole('button', { name: 'Invite people' }).first().click();
  const dialog = page.getByRole('dialog');
  await dialog.getByText('By a link').click();
  await dialog.getByLabel('Skills').first().fill('content');
  await page.getByRole('option', { name: 'Content review' }).click();
  await page.keyboard.press('Escape');
  await dialog.getByRole('button', { name: 'Create link' }).click();
  const link = (await dialog.getByTestId('pool-invitation-link').textContent()) ?? '';
  expect(link).toMatch(/\/pool-invitations\/[0-9A-Za-z]{40}$/);
  await dialog.getByRole('button', { name: 'Done' }).click();
  return new URL(link).pathname;
}

/** Opens the link as a visitor, who creates an account. */
async function join(browser: Browser, path: string, name: string): Promise<void> {
  const context = await browser.newContext();
  const page = await context.newPage();
  await page.goto(path);
  await expect(page.getByRole('heading', { level: 1, name: /Answer tasks for/ })).toBeVisible();
  expect(await axeFaults(page)).toEqual([]);
  await page.getByLabel('Your name').fill(name);
  await page.getByLabel('E-mail').fill(`${name.toLowerCase()}@example.com`);
  await page.getByLabel('Password').first().fill('a few plain words');
  await page.getByRole('button', { name: 'Create an account and join' }).click();
  await expect(page).toHaveURL(/\/work/, { timeout: 30_000 });
  // The link was for one person; it is now invalid.
  await page.goto(path);
  await expect(page.getByText('This invitation is over')).toBeVisible();
  await context.close();
}

test('somebody is invited by a link, joins, is edited, paused and taken out', async ({
  page,
  browser,
}) => {
  test.slow();
  const name = `Grace${Date.now()}`;
  await keepSession(page, 'customer');
  const path = await linkTo(page);
  await expect(page.getByText('Open invitations')).toBeVisible();
  await join(browser, path, name);

  await page.goto(`/dashboard/people?search=${name}`);
  const person = page.getByRole('article', { name });
  await expect(person).toContainText('Content review');
  await expect(person).toContainText('0 of 1');
  expect(await axeFaults(page)).toEqual([]);

  await page.getByRole('button', { name: `Edit ${name}` }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('Tasks at a time').fill('0');
  await dialog.getByRole('button', { name: 'Save' }).click();
  await expect(dialog.getByText('At least one task at a time.')).toBeVisible();
  await dialog.getByLabel('Tasks at a time').fill('3');
  await dialog.getByRole('button', { name: 'Save' }).click();
  await expect(person).toContainText('0 of 3');

  await page.getByRole('button', { name: `Pause ${name}`, exact: true }).click();
  await expect(person.getByText('Paused')).toBeVisible();
  await page.getByRole('button', { name: `Unpause ${name}` }).click();
  await expect(person.getByText('Paused')).toBeHidden();

  await page.getByRole('button', { name: `Remove ${name}` }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Remove' }).click();
  await expect(person).toBeHidden();
});

test('the public pool’s switch says what it would mean before it is turned', async ({ page }) => {
  await keepSession(page, 'customer');
  await page.goto('/dashboard/people');
  await page.getByRole('button', { name: 'Turn the public pool off' }).click();
  const dialog = page.getByRole('dialog');
  await expect(dialog.getByText('Tasks that are there already')).toBeVisible();
  await dialog.getByRole('button', { name: 'Cancel' }).click();
  await expect(page.getByRole('button', { name: 'Turn the public pool off' })).toBeVisible();
});
