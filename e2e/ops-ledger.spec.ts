import { randomUUID } from 'node:crypto';
import { expect, type Page, type Request } from '@playwright/test';
import { keepSession } from './instance';
import { inspect } from './looks';
import { test } from './test';
import { trpc } from './trpc';
import { newSkill, newWorker, signInAs } from './workers';

/** The books in the operator’s console, and their view by those whose sats were moved. */

async function inMode(page: Page, mode: 'live' | 'test'): Promise<void> {
  const url = String(process.env.E2E_URL);
  await page.context().addCookies([{ name: 'humanrail-mode', value: mode, url }]);
}

async function open(page: Page, path: string, heading: string): Promise<void> {
  await page.goto(path);
  await expect(page.getByRole('heading', { level: 1, name: heading })).toBeVisible();
  await expect(page.locator('[data-ready]')).toBeAttached();
}

async function adjust(page: Page, amount: string, reason: string): Promise<void> {
  await page.getByRole('button', { name: 'Adjust an account…' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('Amount').fill(amount);
  await dialog.getByLabel('Why').fill(reason);
  await expectOnce(page, 'adjustments.adjust', () =>
    dialog.getByRole('button', { name: 'Adjust', exact: true }).evaluate(clickTwice),
  );
}

/** A double click whose second half comes as soon as the page can handle it: before any timer. */
async function clickTwice(button: HTMLElement): Promise<void> {
  button.click();
  for (let turn = 0; turn < 20; turn += 1) await Promise.resolve();
  button.click();
}

/** Expects one call of a procedure from an action, until its dialog is closed. */
async function expectOnce(page: Page, procedure: string, act: () => Promise<void>): Promise<void> {
  let calls = 0;
  const count = (request: Request) => {
    // One request may contain several.
    calls += request.url().split(procedure).length - 1;
  };
  page.on('request', count);
  await act();
  await expect(page.getByRole('dialog')).toBeHidden();
  page.off('request', count);
  expect(calls).toBe(1);
}

const lines = (page: Page) => page.getByRole('region', { name: 'Lines of the statement' });

test('an organization’s account is adjusted with a reason, which its statement and CSV say', async ({
  page,
}) => {
  await keepSession(page, 'customer');
  await inMode(page, 'test');
  const name = `Okapi ${randomUUID().slice(0, 8)}`;
  const { organizationId: id } = await trpc<{ organizationId: string }>(
    page,
    'organizations.create',
    { name },
  );
  const url = String(process.env.E2E_URL);
  await page.context().addCookies([{ name: 'humanrail-organization', value: id, url }]);
  const balance = () => trpc<{ available_sats: number }>(page, 'ledger.balance');
  await expect.poll(async () => (await balance()).available_sats).toBeGreaterThan(0);

  await keepSession(page, 'operator');
  await open(page, `/ops/organizations/${id}`, name);
  await page.getByRole('link', { name: 'Adjustments' }).click();
  await expect(page.getByText('Nothing was adjusted')).toBeVisible();
  await page.getByRole('button', { name: 'Adjust an account…' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('Amount').fill('-99000000');
  await dialog.getByLabel('Why').fill('More than there is.');
  await dialog.getByRole('button', { name: 'Adjust', exact: true }).click();
  await expect(dialog.getByText(/has 1000000 sats available/)).toBeVisible();
  await dialog.getByRole('button', { name: 'Cancel' }).click();
  await adjust(page, '250', '=An hour of ours was lost');
  await adjust(page, '-100', 'Counted twice by us');
  await expect(page.getByTestId('adjustment')).toHaveCount(2);
  await page.getByRole('button', { name: 'Take back: Counted twice by us' }).click();
  await dialog.getByLabel('Why').fill('It was counted once.');
  await expectOnce(page, 'adjustments.reverse', () =>
    dialog.getByRole('button', { name: 'Take back' }).evaluate(clickTwice),
  );
  await expect(page.getByTestId('adjustment')).toHaveCount(3);
  await inspect(page, 'ops-adjustments', 0);

  await page.setViewportSize({ width: 1280, height: 720 });
  await keepSession(page, 'customer');
  await open(page, '/dashboard/billing', 'Billing');
  await expect(lines(page).getByRole('row', { name: /First play sats/ })).toContainText(
    '+1,000,000',
  );
  await page.getByLabel('Kind of lines').selectOption('adjusted');
  await expect(lines(page).getByRole('row')).toHaveCount(4);
  const given = lines(page).getByRole('row', { name: /An hour of ours was lost/ });
  await expect(given).toContainText('1,000,250');
  await inspect(page, 'billing-adjusted', 1);
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('link', { name: 'Download CSV' }).click(),
  ]);
  expect(download.url()).toContain('group=adjusted');
  const csv = await (await page.request.get(download.url())).text();
  const [head = '', ...rows] = csv.trim().split('\r\n');
  expect(head).toMatch(/^id,created_at,kind,reference,available_sats,held_sats,reason,what/);
  expect(rows).toHaveLength(3);
  // A spreadsheet must not run it as a formula.
  expect(csv).toContain(",'=An hour of ours was lost,Adjusted by the operator,,1000250,0");
  await page.getByLabel('Last day (UTC)').fill('2020-01-31');
  await expect(page.getByText('Nothing of this kind moved in these days.')).toBeVisible();
});

async function takeBack(page: Page, why: string, reason: string): Promise<void> {
  await page.getByRole('button', { name: `Take back: ${why}` }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('Why').fill(reason);
  await expectOnce(page, 'adjustments.reverse', () =>
    dialog.getByRole('button', { name: 'Take back' }).evaluate(clickTwice),
  );
}

test('a worker is given sats, which are paid out unless they are taken back before', async ({
  page,
}) => {
  await inMode(page, 'live');
  const worker = await newWorker(newSkill());
  await signInAs(page, worker);
  const { id } = await trpc<{ id: string }>(page, 'workers.profile');
  await trpc(page, 'payouts.setTiming', { timing: 'on_withdrawal' });
  await keepSession(page, 'operator');
  const adjustments = `/ops/ledger/adjustments?owner=${id}&accountKind=worker_payable`;
  await open(page, adjustments, 'Adjustments');
  await adjust(page, '70', 'The task was broken.');
  const lineOf = (reason: string) => page.getByTestId('adjustment').filter({ hasText: reason });
  await expect(lineOf('The task was broken.')).toContainText('+70 sats');
  await expect(lineOf('The task was broken.')).toContainText('Payout: kept until withdrawn');
  await adjust(page, '30', 'For the long day.');
  await takeBack(page, 'For the long day.', 'It was short.');
  await expect(lineOf('For the long day.')).toContainText('Payout: taken back');
  await adjust(page, '-20', 'Counted too high.');
  await expect(lineOf('The task was broken.')).toContainText('50 sats of it');
  await page.getByRole('button', { name: 'Adjust an account…' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('Amount').fill('-51');
  await dialog.getByLabel('Why').fill('More than is not sent.');
  await dialog.getByRole('button', { name: 'Adjust', exact: true }).click();
  await expect(dialog.getByText(/^50 sats given to this worker by operators/)).toBeVisible();
  await dialog.getByRole('button', { name: 'Cancel' }).click();
  await inspect(page, 'ops-worker-adjustments', 1);

  await page.setViewportSize({ width: 1280, height: 720 });
  await signInAs(page, worker);
  await open(page, '/work/earnings', 'Earnings');
  await expect(lines(page).getByRole('row', { name: /The task was broken/ })).toContainText(
    'Adjusted by the operator',
  );
  await expect(page.getByText('From the operator: The task was broken.')).toBeVisible();
  await expect(page.getByText('Reversed by the operator: It was short.')).toBeVisible();
  await inspect(page, 'earnings-statement', 0);
  const csv = await (await page.request.get('/work/earnings/statement.csv')).text();
  expect(csv).toContain('Adjusted by the operator,,The task was broken.,70,0,70,0');
  await trpc(page, 'payouts.withdraw', {});

  await page.setViewportSize({ width: 1280, height: 720 });
  await keepSession(page, 'operator');
  await open(page, `/ops/payouts?worker=${id}&mode=live`, 'Payouts');
  await expect(page.getByText('from the operator')).toHaveCount(2);
  await inspect(page, 'ops-payouts-from-the-operator', 0);
  await page.setViewportSize({ width: 1280, height: 720 });
  await page.getByRole('link', { name: /^50 sats/ }).click();
  await expect(page.getByRole('heading', { level: 1, name: '50 sats' })).toBeVisible();
  await expect(page.getByText('The task was broken.')).toBeVisible();
  await expect(page.getByText(/took a part of it back: “Counted too high\.”/)).toBeVisible();
  await expect(page.getByText('Paid', { exact: true }).first()).toBeVisible();
  await inspect(page, 'ops-payout-from-the-operator', 1);
  await page.setViewportSize({ width: 1280, height: 720 });
  await open(page, adjustments, 'Adjustments');
  await expect(lineOf('The task was broken.')).toContainText('Payout: paid, 50 sats of it');
  await expect(page.getByRole('button', { name: 'Take back: The task was broken.' })).toBeHidden();
});

test('the books add up, and say what is kept on which account', async ({ page }) => {
  await inMode(page, 'live');
  await keepSession(page, 'operator');
  await open(page, '/ops/ledger', 'Ledger');
  await page.getByRole('button', { name: 'Check now' }).click();
  await expect(page.getByText(/^Yes: .* postings/)).toBeVisible();
  const chart = page.getByRole('region', { name: 'Chart of accounts' });
  await expect(chart.getByRole('row', { name: /Workers, payable/ })).toContainText('credit');
  await expect(page.getByText(/: they are equal\./)).toBeVisible();
  await expect(page.getByText(/is open, and is closed by itself after/)).toBeVisible();
  await inspect(page, 'ops-ledger', 1);
  expect((await page.request.get('/ops/ledger/months/2020-01/organizations.csv')).status()).toBe(
    404,
  );
  await keepSession(page, 'customer');
  for (const path of ['/ops/ledger', '/ops/ledger/adjustments']) {
    expect((await page.goto(path))?.status()).toBe(404);
  }
});
