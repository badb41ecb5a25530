import type { Page } from '@playwright/test';
import { keepSession } from './instance';
import { startLineProcess } from './line-process';
import { inspect } from './looks';
import { openOwnBilling } from './own-billing';
import type { PaidLine } from './serve-rail';
import { test } from './test';
import { expect } from './workers';

/** Deposits over Lightning, by an organization of these tests’ own. */

const available = (page: Page) =>
  page.getByText('Available', { exact: true }).first().locator('..');

test('funds come in by an invoice, and the page says so by itself', async ({ page }) => {
  test.slow();
  const rail = await startLineProcess('e2e/serve-rail.ts');
  try {
    const name = await openOwnBilling(page);
    await expect(available(page)).toContainText('0 sats');
    await expect(page.getByText('Nothing was paid in over Lightning yet.')).toBeVisible();
    await page.getByRole('button', { name: 'Add funds' }).click();
    const dialog = page.getByRole('dialog', { name: 'Add funds' });
    await dialog.getByLabel('Amount').fill('0');
    await page.keyboard.press('Enter');
    await expect(dialog.getByText('Enter at least one sat.')).toBeVisible();
    await dialog.getByLabel('Amount').fill('21000');
    await page.keyboard.press('Enter');

    const invoice = dialog.getByTestId('invoice');
    await expect(invoice).toHaveText(/^lnbc/);
    await expect(dialog.getByRole('img', { name: /QR code .* 21,000 sats/ })).toBeVisible();
    await expect(dialog.getByRole('status')).toHaveText('Waiting for the payment.');
    const text = (await invoice.textContent()) ?? '';
    await expect(dialog.getByRole('link', { name: 'Open in a wallet' })).toHaveAttribute(
      'href',
      `lightning:${text}`,
    );
    await inspect(page, 'deposit-open', 0);
    await page.setViewportSize({ width: 1280, height: 720 });

    const paid = await rail.ask(text, (line) => line.includes(text));
    expect((JSON.parse(paid) as PaidLine).noticed).toBe(200);
    await expect(dialog.getByTestId('deposit-outcome')).toContainText('21,000 sats came in');
    await expect(dialog.getByRole('status')).toHaveText('21,000 sats came in.');
    await dialog.getByRole('button', { name: 'Done' }).click();
    await expect(available(page)).toContainText('21,000 sats');
    await expect(page.getByTestId('deposit')).toContainText('Settled');
    const statement = page.getByRole('region', { name: 'Lines of the statement' });
    await expect(statement.getByRole('row', { name: /Deposit/ })).toContainText('+21,000');
    await inspect(page, 'billing-live', 0);
    await page.setViewportSize({ width: 1280, height: 720 });

    await keepSession(page, 'operator');
    await page.goto(`/ops/organizations?search=${encodeURIComponent(name)}`);
    await page.getByRole('link', { name: new RegExp(name) }).click();
    await expect(page.getByTestId('deposit')).toContainText('21,000 sats');
  } finally {
    await rail.stop();
  }
});

test('where no rail is set up, the page says what helps', async ({ page }) => {
  await openOwnBilling(page);
  await expect(page.getByText('Funds cannot be added here yet')).toBeVisible();
  await expect(page.getByRole('button', { name: 'Add funds' })).toHaveCount(0);
  await inspect(page, 'billing-no-rail', 1);
});
