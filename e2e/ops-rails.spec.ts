import type { Page } from '@playwright/test';
import { type LnbitsDouble, startLnbitsDouble } from '@/server/testing/lnbits-double';
import { startNwcDouble } from '@/server/testing/nwc-double';
import { keepSession } from './instance';
import { inspect } from './looks';
import { test } from './test';
import { expect } from './workers';

/** An operator connects a wallet, tests it, and sees that it is offline. */

let wallet: LnbitsDouble;
test.beforeAll(async () => {
  wallet = await startLnbitsDouble();
});
test.afterAll(() => wallet.stop());

const name = `main-${Date.now().toString(36)}`;
const row = (page: Page) =>
  page
    .getByRole('list', { name: 'Rails', exact: true })
    .getByRole('listitem')
    .filter({ hasText: name });
const more = (page: Page) => page.getByRole('button', { name: `More of ${name}` });

test('a wallet is connected, tried by one sat, changed, and disabled', async ({ page }) => {
  test.slow();
  await keepSession(page, 'operator');
  await page.goto('/ops/payouts');
  await page.getByRole('link', { name: 'Rails' }).click();
  await expect(page.getByRole('heading', { level: 1, name: 'Rails' })).toBeVisible();
  await expect(page.locator('[data-ready]')).toBeAttached();

  await page.keyboard.press('n');
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('Name').fill(name);
  await dialog.getByLabel('Address').fill('lnbits');
  await dialog.getByLabel('Admin key').fill('secret-of-the-wallet');
  await dialog.getByRole('button', { name: 'Add' }).click();
  await expect(dialog.getByText('Enter the full address')).toBeVisible();
  await dialog.getByLabel('Address').fill(wallet.url);
  await dialog.getByLabel('below').fill('2000000');
  await dialog.getByRole('button', { name: 'Add' }).click();
  await expect(dialog).toBeHidden();
  await expect(row(page)).toContainText(wallet.url);
  expect(await page.content()).not.toContain('secret-of-the-wallet');

  await page.getByRole('button', { name: `Check ${name}` }).click();
  await expect(row(page)).toContainText('Online');
  await expect(row(page)).toContainText('1,000,000 sats, low');

  await page.getByRole('button', { name: `Pay one sat by ${name}` }).click();
  await dialog.getByLabel('To').fill(wallet.addressOf('operator'));
  await dialog.getByRole('button', { name: 'Pay 1 sat' }).click();
  await expect(dialog.getByText('It arrived')).toBeVisible();
  await inspect(page, 'ops-rails-test', 1);
  await dialog.getByRole('button', { name: 'Close', exact: true }).last().click();
  await expect(row(page)).toContainText('Test payment arrived');
  expect(wallet.received.get('operator')).toBe(1);
  await inspect(page, 'ops-rails', 0);

  await compare(page);

  await more(page).click();
  // It has made payments, so it stays in the books.
  await expect(page.getByRole('menuitem', { name: 'Remove' })).toBeHidden();
  await page.getByRole('menuitem', { name: 'Edit' }).click();
  await expect(dialog.getByLabel('Address')).toHaveValue(wallet.url);
  await expect(dialog.getByLabel('Admin key')).toHaveValue('');
  await dialog.getByLabel('Fee limit, base').fill('9');
  await inspect(page, 'ops-rails-edit', 0);
  await dialog.getByRole('button', { name: 'Save' }).click();
  await expect(row(page)).toContainText('fees up to 9 sats + 1 %');

  wallet.fate = 'forbids';
  await page.getByRole('button', { name: `Check ${name}` }).click();
  await expect(row(page)).toContainText('refused the credentials');
  await page.goto('/ops');
  const things = page.getByRole('list', { name: 'What needs you' });
  const down = things.getByRole('listitem').filter({ hasText: /rails? (is|are) not responding/i });
  await expect(down).toBeVisible();
  await down.getByRole('link').click();
  await expect(page.getByRole('heading', { level: 1, name: 'Rails' })).toBeVisible();

  await more(page).click();
  await page.getByRole('menuitem', { name: 'Disable' }).click();
  await expect(row(page)).toContainText('Disabled');
});

/** The wallet denies a recorded payment; an operator is notified, and resolves it. */
async function compare(page: Page): Promise<void> {
  const differing = page.getByRole('list', { name: 'What differs' }).getByRole('listitem');
  const found = differing.filter({ hasText: `${name}: It was not paid` });
  for (const payment of wallet.payments.values()) payment.status = 'failed';
  // Payments settled within seconds are left to the next comparison.
  await expect(async () => {
    await page.getByRole('button', { name: 'Compare now' }).click();
    await expect(found).toBeVisible({ timeout: 2_000 });
  }).toPass();
  await inspect(page, 'ops-rails-compared', 1);
  await page.goto('/ops');
  const things = page.getByRole('list', { name: 'What needs you' }).getByRole('listitem');
  const thing = things.filter({
    hasText: /rails?’s? records? of (a payment|payments) differs? from ours/i,
  });
  await expect(thing).toContainText('Urgent');
  await thing.getByRole('link').click();
  await found.getByRole('button', { name: /^Settle/ }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('Why').fill('The wallet was restored from a backup.');
  await dialog.getByRole('button', { name: 'Settle' }).click();
  await expect(found).toBeHidden();
  await page.getByText('Settled within 30 days').click();
  const settled = page.getByRole('list', { name: 'What was settled' });
  await expect(settled).toContainText('The wallet was restored from a backup.');
  await inspect(page, 'ops-rails-settled', 0);
}

test('a wallet on Nostr answers over its relay', async ({ page }) => {
  const nwc = await startNwcDouble();
  const own = `nostr-${Date.now().toString(36)}`;
  await keepSession(page, 'operator');
  await page.goto('/ops/payouts/rails');
  await expect(page.locator('[data-ready]')).toBeAttached();
  await page.getByRole('button', { name: 'Add a rail' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByRole('combobox', { name: 'Kind' }).selectOption('Nostr Wallet Connect');
  await dialog.getByLabel('Name').fill(own);
  await dialog.getByLabel('Connection').fill(nwc.uri);
  await dialog.getByRole('button', { name: 'Add' }).click();
  await expect(dialog).toBeHidden();
  const check = page.getByRole('button', { name: `Check ${own}` });
  const rail = page.getByRole('listitem').filter({ has: check });
  await check.click();
  await expect(rail).toContainText('Online');
  await expect(rail).toContainText('50,000 sats');
  await page.getByRole('button', { name: `More of ${own}` }).click();
  await page.getByRole('menuitem', { name: 'Remove' }).click();
  await expect(rail).toBeHidden();
  await nwc.stop();
});
