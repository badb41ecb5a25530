import { expect, type Page } from '@playwright/test';
import { axeFaults } from './axe';
import { callApi, firstRun, REVIEW_TASK, signIn } from './instance';
import { test } from './test';

/** Signs in and waits until the page handles keys. */
async function enter(page: Page): Promise<void> {
  await signIn(page, 'customer');
  await expect(page.getByRole('heading', { name: 'Overview' })).toBeVisible();
  await expect(page.getByRole('button', { name: 'Search' }).locator('kbd').first()).toBeVisible();
}

test('the palette goes to a page by its name, without the mouse', async ({ page }) => {
  await enter(page);
  await page.keyboard.press('Control+k');
  const search = page.getByPlaceholder('Pages, actions, tasks by id or text');
  await expect(search).toBeFocused();
  const inDialog = { within: '[role="dialog"]', bestPractices: true };
  expect(await axeFaults(page, inDialog)).toEqual([]);
  await search.fill('webho');
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('heading', { level: 1, name: 'Webhooks' })).toBeVisible();
});

test('an action of the palette opens the dialog it names, once', async ({ page }) => {
  await enter(page);
  await page.getByRole('button', { name: 'Search' }).click();
  await page.getByPlaceholder('Pages, actions').fill('new secret');
  await page.getByRole('button', { name: 'Create a test API key' }).click();
  const dialog = page.getByRole('dialog', { name: 'Create a test key' });
  await expect(dialog).toBeVisible();
  await expect(page).toHaveURL(/api-keys$/);
  await dialog.getByRole('button', { name: 'Cancel' }).click();
  await page.reload();
  await expect(page.getByRole('heading', { level: 1, name: 'API keys' })).toBeVisible();
  await expect(dialog).toBeHidden();
});

test('a task is found by its id and by its words', async ({ page }) => {
  const word = `zebra${Date.now()}`;
  const { body } = await callApi(firstRun().testKey, 'POST', '/v1/tasks', {
    ...REVIEW_TASK,
    payload: { text: `Is the ${word} striped?` },
  });
  await enter(page);
  for (const query of [String(body.id), word]) {
    await page.keyboard.press('Control+k');
    await page.getByPlaceholder('Pages, actions').fill(query);
    await page.getByRole('button', { name: /Content review/ }).click();
    await expect(page).toHaveURL(new RegExp(`/dashboard/tasks/${body.id}`));
  }
});

test('keys lead to pages, and the sheet tells which', async ({ page }) => {
  await enter(page);
  await page.keyboard.press('?');
  const sheet = page.getByRole('dialog', { name: 'Keyboard shortcuts' });
  await expect(sheet.getByText('Tasks', { exact: true })).toBeVisible();
  // While a dialog is open, keys have no effect.
  await page.keyboard.press('g');
  await page.keyboard.press('k');
  await expect(sheet).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(sheet).toBeHidden();
  await page.keyboard.press('g');
  await page.keyboard.press('k');
  await expect(page.getByRole('heading', { level: 1, name: 'API keys' })).toBeVisible();
});

test('colours stay as chosen, and can be left to the system again', async ({ page }) => {
  await page.emulateMedia({ colorScheme: 'light' });
  await enter(page);
  const scheme = page.locator('html');
  await page.getByRole('button', { name: /^Account of/ }).click();
  await page.getByRole('menuitemradio', { name: 'Dark' }).click();
  await expect(scheme).toHaveAttribute('data-mantine-color-scheme', 'dark');
  await page.reload();
  await expect(scheme).toHaveAttribute('data-mantine-color-scheme', 'dark');
  await page.getByRole('button', { name: /^Account of/ }).click();
  await page.getByRole('menuitemradio', { name: 'As the system' }).click();
  await expect(scheme).toHaveAttribute('data-mantine-color-scheme', 'light');
});

test('the palette switches the mode, and the page says which it is', async ({ page }) => {
  await enter(page);
  await expect(page.getByText('Test mode', { exact: true })).toBeVisible();
  await page.keyboard.press('Control+k');
  await page.getByPlaceholder('Pages, actions').fill('switch live');
  await page.getByRole('button', { name: 'Switch to live mode' }).click();
  await expect(page.getByText('Test mode', { exact: true })).toBeHidden();
  await expect(page.getByRole('button', { name: 'Live', exact: true })).toHaveAttribute(
    'aria-pressed',
    'true',
  );
});

test('a dialog keeps the page behind it still, and no style of ours is refused by the policy', async ({
  page,
}) => {
  const refused: string[] = [];
  page.on('console', (message) => {
    if (message.text().includes('Content Security Policy')) refused.push(message.text());
  });
  await enter(page);
  await page.keyboard.press('Control+k');
  await expect(page.getByPlaceholder('Pages, actions, tasks by id or text')).toBeFocused();
  await expect(page.locator('body')).toHaveCSS('overflow', 'hidden');
  await page.keyboard.press('Escape');
  await expect(page.locator('body')).not.toHaveCSS('overflow', 'hidden');
  // The page's parts are re-fetched, for which the server creates another policy.
  for (const mode of ['Live', 'Test']) {
    await page.getByRole('group', { name: 'Mode' }).getByRole('button', { name: mode }).click();
    await expect(page.getByText('Test mode', { exact: true })).toBeVisible({
      visible: mode === 'Test',
    });
    await page.keyboard.press('Control+k');
    await expect(page.locator('body')).toHaveCSS('overflow', 'hidden');
    await page.keyboard.press('Escape');
  }
  expect(refused).toEqual([]);
});
