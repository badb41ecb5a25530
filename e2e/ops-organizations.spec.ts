import { randomUUID } from 'node:crypto';
import { expect, type Page } from '@playwright/test';
import { accountOf, callApi, keepSession } from './instance';
import { inspect } from './looks';
import { test } from './test';
import { trpc } from './trpc';

/** Operators and the instance's organizations: credits, suspension, golds and the audit log. */

interface Own {
  id: string;
  name: string;
}

/** Created once, because nobody creates organizations by the dozen. */
let made: Own | undefined;

/** An organization of these tests' own, shown in the dashboard in test mode, with its first play sats. */
async function ownOrganization(page: Page): Promise<Own> {
  await keepSession(page, 'customer');
  if (!made) {
    const name = `Quagga ${randomUUID().slice(0, 8)}`;
    type Made = { organizationId: string };
    const { organizationId: id } = await trpc<Made>(page, 'organizations.create', { name });
    made = { name, id };
  }
  const url = String(process.env.E2E_URL);
  await page.context().addCookies([{ name: 'humanrail-organization', value: made.id, url }]);
  const balance = () => trpc<{ available_sats: number }>(page, 'ledger.balance');
  await expect.poll(async () => (await balance()).available_sats).toBeGreaterThan(0);
  return made;
}

/** Opens an organization's page as the operator, using the list's search. */
async function openAsOperator(page: Page, { name }: Own): Promise<void> {
  await keepSession(page, 'operator');
  await page.goto('/ops/organizations');
  await expect(page.locator('[data-ready]')).toBeAttached();
  await page.getByLabel('Name, member’s address or id').fill(name);
  await expect(page).toHaveURL(/search=Quagga/);
  await page.getByRole('link', { name: new RegExp(name) }).click();
  await expect(page.getByRole('heading', { level: 1, name })).toBeVisible();
}

async function giveReason(page: Page, reason: string, verb: string | RegExp): Promise<void> {
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('Why').fill(reason);
  await dialog.getByRole('button', { name: verb }).click();
  await expect(dialog).toBeHidden();
}

test('sats are credited once, read with their reason by the customer, and taken back in part', async ({
  page,
}) => {
  const own = await ownOrganization(page);
  await openAsOperator(page, own);
  await page.getByRole('button', { name: 'Credit sats…' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('Amount').fill('0');
  await dialog.getByLabel('Why').fill('Invoice 7 was paid.');
  await expect(dialog.getByRole('button', { name: 'Credit', exact: true })).toBeDisabled();
  await dialog.getByLabel('Amount').fill('5000');
  await dialog.getByRole('button', { name: 'Credit 5,000 sats' }).dblclick();
  await expect(dialog).toBeHidden();
  const available = page.getByText('Available', { exact: true }).first().locator('..');
  await expect(available).toContainText('1,005,000 sats');
  await expect(page.getByTestId('credit')).toHaveCount(1);

  await page.getByRole('button', { name: 'Take back: Invoice 7 was paid.' }).click();
  await dialog.getByLabel('Amount').fill('6000');
  await dialog.getByLabel('Why').fill('A slip of the finger.');
  await expect(dialog.getByRole('button', { name: 'Take back', exact: true })).toBeDisabled();
  await dialog.getByLabel('Amount').fill('2000');
  await dialog.getByRole('button', { name: 'Take back 2,000 sats' }).click();
  await expect(dialog).toBeHidden();
  await expect(available).toContainText('1,003,000 sats');
  await expect(page.getByTestId('credit')).toContainText('2,000 sats taken back');
  await inspect(page, 'ops-organization', 0);

  await page.setViewportSize({ width: 1280, height: 720 });
  await keepSession(page, 'customer');
  await page.goto('/dashboard/billing');
  const statement = page.getByRole('region', { name: 'Lines of the statement' });
  await expect(statement.getByRole('row', { name: /Credited by the operator/ })).toContainText(
    'Invoice 7 was paid.',
  );
  await expect(statement.getByRole('row', { name: /Credit taken back/ })).toContainText('-2,000');
});

test('a suspended organization reads and creates nothing, and says why in its dashboard', async ({
  page,
}) => {
  const own = await ownOrganization(page);
  const { plaintext: key } = await trpc<{ plaintext: string }>(page, 'apiKeys.create', {
    name: 'Found in public',
    mode: 'test',
  });
  const task = { type: 'asked', payload: { q: 1 }, payout_sats: 1 };
  await openAsOperator(page, own);
  await page.getByRole('button', { name: `Suspend ${own.name}` }).click();
  await giveReason(page, 'It asks for passwords.', 'Suspend');
  await expect(page.getByText('“It asks for passwords.”').first()).toBeVisible();
  const refused = await callApi(key, 'POST', '/v1/tasks', task);
  expect([refused.status, (refused.body.error as { code: string }).code]).toEqual([
    403,
    'organization_suspended',
  ]);
  expect((await callApi(key, 'GET', '/v1/tasks')).status).toBe(200);
  await page.goto('/ops/organizations?state=suspended');
  await expect(page.getByRole('link', { name: new RegExp(own.name) })).toBeVisible();
  await inspect(page, 'ops-organizations', 1);
  await page.setViewportSize({ width: 1280, height: 720 });

  await keepSession(page, 'customer');
  await page.goto('/dashboard');
  await expect(page.getByText('has suspended your organization')).toContainText(
    'It asks for passwords.',
  );

  await openAsOperator(page, own);
  await page.getByRole('button', { name: `Resume ${own.name}` }).click();
  await giveReason(page, 'It does not any more.', 'Resume');
  await expect(page.getByRole('button', { name: `Suspend ${own.name}` })).toBeVisible();
  await page.getByRole('button', { name: 'Revoke the key Found in public' }).click();
  await giveReason(page, 'Its text is on a page.', 'Revoke');
  await expect(page.getByText('Revoked', { exact: true })).toBeVisible();
  expect((await callApi(key, 'GET', '/v1/tasks')).status).toBe(401);
  const csv = await page.request.get(`/ops/organizations/organizations.csv?search=${own.id}`);
  expect(await csv.text()).toContain(`${own.id},${own.name},active,`);
  await keepSession(page, 'customer');
  expect((await page.request.get('/ops/organizations/organizations.csv')).status()).toBe(404);
});

test('golds of an organization are withdrawn and brought back, and the audit log says by whom and why', async ({
  page,
}) => {
  const own = await ownOrganization(page);
  await trpc(page, 'taskTypes.save', { type: 'coins', title: 'Coins' });
  await trpc(page, 'golds.add', {
    type: 'coins',
    payload: { coin: 'Obol' },
    expected_output: { answer: 'real' },
  });
  await keepSession(page, 'operator');
  await page.goto(`/ops/golds?organizationId=${own.id}`);
  await expect(page.locator('[data-ready]')).toBeAttached();
  const gold = page.getByTestId('gold');
  await expect(gold).toHaveCount(1);
  await gold.getByText('Obol', { exact: true }).click();
  await expect(gold.getByText('"real"')).toBeVisible();
  await page.getByRole('button', { name: 'Withdraw: Obol' }).click();
  await giveReason(page, 'The coin is a cast.', 'Withdraw');
  await expect(gold).toContainText('An operator of this instance withdrew it');
  await page.getByLabel('State').selectOption('retired');
  await expect(page).toHaveURL(/state=retired/);
  await inspect(page, 'ops-golds', 0);
  await page.setViewportSize({ width: 1280, height: 720 });
  await page.getByRole('button', { name: 'Bring back: Obol' }).click();
  await giveReason(page, 'It is real after all.', 'Bring back');
  await expect(page.getByText('No gold like that')).toBeVisible();

  await page.goto(`/ops/audit?organizationId=${own.id}`);
  await expect(page.locator('[data-ready]')).toBeAttached();
  await page.getByLabel('Which acts').selectOption('gold');
  const entries = page.getByTestId('audit-entry');
  await expect(entries).toHaveCount(3);
  await expect(entries.first()).toContainText('Gold brought back');
  await expect(entries.first()).toContainText('“It is real after all.”');
  await page.getByLabel('By whom').fill(accountOf('customer').email);
  await expect(entries).toHaveCount(1);
  await expect(entries).toContainText('Gold added');
  await page.getByLabel('By whom').fill('');
  await expect(entries).toHaveCount(3);
  await inspect(page, 'ops-audit', 1);
  const csv = await page.request.get(`/ops/audit/audit.csv?organizationId=${own.id}&noun=gold`);
  const [head, ...lines] = (await csv.text()).trim().split('\r\n');
  expect(head).toContain('actor_label,action,subject');
  expect(lines).toHaveLength(3);
  expect((await page.request.get('/ops/audit/audit.csv?from=yesterday')).status()).toBe(400);
  await keepSession(page, 'customer');
  expect((await page.request.get('/ops/audit/audit.csv')).status()).toBe(404);
});
