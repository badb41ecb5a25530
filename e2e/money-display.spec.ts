import { sessionCookie, sessionOf } from './instance';
import { inspect } from './looks';
import { test } from './own-worker';
import { trpc } from './trpc';
import { expect } from './workers';

/** Amounts in the user's currency, and operators' settings of rates and wages. */

// Only yen: other users see dollars unless they chose another currency, so they are not affected.
const overrides = { JPY: 15_000_000 };

test.describe.configure({ mode: 'serial' });

test('operators set the price of a bitcoin and a wage floor', async ({ page }) => {
  await page.context().addCookies([sessionCookie(await sessionOf('operator'))]);
  await page.goto('/ops/settings');
  await expect(page.locator('[data-ready]')).toBeAttached();
  await page.getByLabel('JPY', { exact: true }).fill(String(overrides.JPY));
  await page.getByRole('button', { name: 'Save rates' }).click();
  const rates = page.getByRole('region', { name: 'Price of a bitcoin by currency' });
  await expect(rates.getByRole('row', { name: /JPY/ })).toContainText('¥15,000,000');
  await expect(rates.getByRole('row', { name: /JPY/ })).toContainText('Set by hand');
  const floor = page.getByRole('textbox', { name: 'Sats an hour, at least' });
  await floor.fill('0');
  await expect(page.getByText('At least 1 sat, or none.')).toBeVisible();
  await floor.fill('1');
  await page.getByRole('button', { name: 'Save wage floor' }).click();
  await expect(page.getByText('Saved, for tasks that are created from now on.')).toBeVisible();
  await page.reload();
  await expect(page.locator('[data-ready]')).toBeAttached();
  await expect(floor).toHaveValue('1');
  await inspect(page, 'ops-settings-rates', 0);
  // Restores the setting: other specs create live tasks.
  await trpc(page, 'settings.saveWageFloor', { satsPerHour: null, below: 'refuse' });
});

test('a worker chooses a currency, and sees it beside sats', async ({ page, openTask }) => {
  await page.goto('/work/settings');
  await expect(page.locator('[data-ready]')).toBeAttached();
  const currency = page.getByRole('combobox', { name: 'Beside sats' });
  await currency.selectOption('JPY');
  await expect(currency).toHaveValue('JPY');
  await expect(currency).toBeEnabled();
  await openTask({});
  const header = page.locator('header').filter({ hasText: 'sats' });
  // 10 sats of a bitcoin at 15,000,000 yen.
  await expect(header).toContainText('10 sats · ¥2');
  await expect(header.getByTitle('At ¥15,000,000 a bitcoin (set by the operators)')).toBeVisible();
  await inspect(page, 'task-currency', 0);
  // Sats only.
  const { pathname } = new URL(page.url());
  await page.goto('/account');
  const choice = page.getByRole('combobox', { name: 'Beside sats' });
  await choice.selectOption('Nothing');
  await expect(choice).toHaveValue('none');
  await expect(choice).toBeEnabled();
  await page.goto(pathname);
  await expect(header).toContainText('10 sats');
  await expect(page.getByText('¥')).toHaveCount(0);
});
