import { spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { createInterface, type Interface } from 'node:readline';
import type { Page } from '@playwright/test';
import { keepSession } from './instance';
import { inspect } from './looks';
import type { PaidLine } from './serve-rail';
import { test } from './test';
import { trpc } from './trpc';
import { expect } from './workers';

/** Funds that come in over Lightning, by an organization of these tests’ own. */

interface Rail {
  /** Somebody pays it; gives the status with which the instance answered the rail’s notice. */
  pay(invoice: string): Promise<number>;
  stop(): Promise<void>;
}

async function startRail(): Promise<Rail> {
  const child = spawn('npx', ['--no', 'tsx', 'e2e/serve-rail.ts'], {
    env: { ...process.env, DATA_DIR: process.env.E2E_DATA_DIR ?? '.data' },
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  const lines = createInterface({ input: child.stdout });
  await lineOf(lines, (line) => line === 'ready');
  return {
    async pay(invoice) {
      const paid = lineOf(lines, (line) => line.includes(invoice));
      child.stdin.write(`${invoice}\n`);
      return (JSON.parse(await paid) as PaidLine).noticed;
    },
    stop: () =>
      new Promise((resolve) => {
        child.once('exit', () => resolve());
        child.stdin.end();
      }),
  };
}

function lineOf(lines: Interface, isIt: (line: string) => boolean): Promise<string> {
  return new Promise((resolve) => {
    const onLine = (line: string) => {
      if (!isIt(line)) return;
      lines.off('line', onLine);
      resolve(line);
    };
    lines.on('line', onLine);
  });
}

async function openBilling(page: Page): Promise<void> {
  await page.goto('/dashboard/billing');
  await expect(page.getByRole('heading', { level: 1, name: 'Billing' })).toBeVisible();
  await expect(page.locator('[data-ready]')).toBeAttached();
}

async function actAsOwnOrganization(page: Page): Promise<string> {
  await keepSession(page, 'customer');
  const name = `Depositor ${randomUUID().slice(0, 8)}`;
  const made = await trpc<{ organizationId: string }>(page, 'organizations.create', { name });
  const url = String(process.env.E2E_URL);
  await page.context().addCookies([
    { name: 'humanrail-organization', value: made.organizationId, url },
    { name: 'humanrail-mode', value: 'live', url },
  ]);
  return name;
}

const available = (page: Page) =>
  page.getByText('Available', { exact: true }).first().locator('..');

test('funds come in by an invoice, and the page says so by itself', async ({ page }) => {
  test.slow();
  const name = await actAsOwnOrganization(page);
  const rail = await startRail();
  try {
    await openBilling(page);
    await expect(available(page)).toContainText('0 sats');
    await expect(page.getByText('Nothing was paid in over Lightning yet.')).toBeVisible();
    await page.getByRole('button', { name: 'Add funds' }).click();
    const dialog = page.getByRole('dialog', { name: 'Add funds' });
    await dialog.getByLabel('Amount').fill('0');
    await page.keyboard.press('Enter');
    await expect(dialog.getByText('Give at least one sat.')).toBeVisible();
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

    expect(await rail.pay(text)).toBe(200);
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
  await actAsOwnOrganization(page);
  await openBilling(page);
  await expect(page.getByText('Funds cannot be added here yet')).toBeVisible();
  await expect(page.getByRole('button', { name: 'Add funds' })).toHaveCount(0);
  await inspect(page, 'billing-no-rail', 1);
});
