import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import type { Page } from '@playwright/test';
import { axeFaults } from './axe';
import { keepSession } from './instance';
import { inspect } from './looks';
import type { MadePayouts } from './make-payouts';
import { test } from './test';
import { expect } from './workers';

/** The operator's console: open issues, failing payouts, and the system. */

async function makePayouts(): Promise<MadePayouts> {
  const { stdout } = await promisify(execFile)('npx', ['--no', 'tsx', 'e2e/make-payouts.ts'], {
    env: { ...process.env, DATA_DIR: process.env.E2E_DATA_DIR ?? '.data' },
  });
  return JSON.parse(stdout.trim().split('\n').at(-1) ?? '') as MadePayouts;
}

async function open(page: Page, path: string, heading: string | RegExp): Promise<void> {
  await page.goto(path);
  await expect(page.getByRole('heading', { level: 1, name: heading })).toBeVisible();
  await expect(page.locator('[data-ready]')).toBeAttached();
}

const rows = (page: Page) => page.getByRole('list', { name: 'Payouts' }).getByRole('listitem');

test('payouts in trouble are found from the first page, and looked after', async ({ page }) => {
  test.slow();
  const made = await makePayouts();
  await keepSession(page, 'operator');

  await open(page, '/ops', /things? needs? you/);
  const things = page.getByRole('list', { name: 'What needs you' });
  const inTestMode = (words: RegExp) =>
    things.getByRole('listitem').filter({ hasText: words }).filter({ hasText: 'Test' });
  const unknown = inTestMode(/unknown outcome/);
  await expect(unknown).toBeVisible();
  await expect(inTestMode(/failed permanently/)).toBeVisible();
  await inspect(page, 'ops-home', 0);

  // By keyboard: the first item, then its link.
  await page.keyboard.press('j');
  await expect(things.getByRole('link').first()).toBeFocused();
  await unknown.getByRole('link').focus();
  await page.keyboard.press('Enter');
  await expect(page.getByRole('heading', { level: 1, name: 'Payouts' })).toBeVisible();
  await expect(page).toHaveURL(/state=unknown&mode=test/);
  await page.getByRole('textbox', { name: 'Organization or its id' }).fill(made.organization);
  await expect(rows(page)).toHaveCount(1);
  await expect(page).toHaveURL(/organization=Payouts/);
  await page.getByRole('combobox', { name: 'State' }).selectOption('');
  await expect(rows(page)).toHaveCount(3);
  await inspect(page, 'ops-payouts', 1);
  const csv = await page.request.get(
    `/ops/payouts/payouts.csv?mode=test&organization=${encodeURIComponent(made.organization)}`,
  );
  expect((await csv.text()).trim().split('\r\n')).toHaveLength(4);

  await open(page, `/ops/payouts/${made.unknown}`, '100 sats');
  await expect(page.getByText('The connection to the play rail broke off.')).toBeVisible();
  await inspect(page, 'ops-payout', 0);
  await page.getByRole('button', { name: 'Look up now' }).click();
  await expect(page.getByRole('button', { name: 'Look up now' })).toBeHidden();
  await expect(page.getByText('looked it up')).toBeVisible();
  await expect(page.getByRole('region', { name: 'Tries' })).toContainText('Settled');

  await open(page, `/ops/payouts/${made.failed}`, '100 sats');
  await page.getByRole('button', { name: 'Retry' }).click();
  // The engine sends it, to its worker's current destination.
  await expect(page.getByRole('region', { name: 'Tries' })).toContainText('Settled');
  await expect(page.getByText('right@sandbox')).toBeVisible();

  await open(page, `/ops/payouts/${made.waiting}`, '100 sats');
  await page.getByRole('button', { name: 'Hold this payout back' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByRole('textbox', { name: 'Why' }).fill('The address looks wrong.');
  await dialog.getByRole('button', { name: 'Hold back' }).click();
  await expect(dialog).toBeHidden();
  await expect(page.getByText('“The address looks wrong.”, which its worker reads')).toBeVisible();
  await page.getByRole('button', { name: 'Release' }).click();
  await expect(page.getByRole('region', { name: 'Tries' })).toContainText('Settled');
  await expect(page.getByText('released it')).toBeVisible();
});

test('the system shows the engine’s work, sweeps, limits and processes', async ({ page }) => {
  test.slow();
  await keepSession(page, 'operator');
  await open(page, '/ops/system', 'System');
  const sweeps = page.getByRole('region', { name: 'Sweeps' });
  await expect(sweeps.getByRole('row', { name: /payouts\/sweep/ })).toContainText('On time');
  await expect(page.getByRole('heading', { name: 'Failed runs' })).toBeVisible();
  await expect(page.getByText('with the event key as the password')).toBeVisible();
  await expect(page.getByRole('region', { name: 'Processes' }).getByRole('row')).not.toHaveCount(1);
  await expect(page.getByText(/\d+ of \d+/)).toBeVisible();
  await inspect(page, 'ops-system', 1);
  await page.getByRole('heading', { level: 1 }).click();
  await page.keyboard.press('g');
  await page.keyboard.press('o');
  await expect(page).toHaveURL(/\/ops$/);
  await expect(page).toHaveTitle(/^Overview/);
  await page.keyboard.press('?');
  await expect(page.getByRole('dialog').getByText('Payouts')).toBeVisible();
  expect(await axeFaults(page)).toEqual([]);
});

test('the console does not exist for others', async ({ page }) => {
  await keepSession(page, 'customer');
  for (const path of ['/ops/payouts', '/ops/system', '/ops']) {
    expect((await page.goto(path))?.status()).toBe(404);
  }
  expect((await page.request.get('/ops/payouts/payouts.csv')).status()).toBe(403);
});
