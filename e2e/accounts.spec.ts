import { expect } from '@playwright/test';
import { accountOf, keepSession } from './instance';
import { test } from './test';

test('somebody new signs up, lands on the dashboard with play sats, and can sign out', async ({
  page,
}) => {
  await page.goto('/sign-up');
  await page.getByLabel('Organization').fill('Acme');
  await page.getByLabel('Your name').fill('Ada');
  await page.getByLabel('E-mail').fill(`ada-${Date.now()}@example.com`);
  await page.getByLabel('Password').first().fill('short');
  await page.getByRole('button', { name: 'Create organization' }).click();
  await expect(page.getByText('Use at least 12 characters')).toBeVisible();
  await page.getByLabel('Password').first().fill('a few plain words');
  await page.getByRole('button', { name: 'Create organization' }).click();
  await expect(page.getByRole('heading', { name: 'Overview' })).toBeVisible();
  await expect(page.getByText('1,000,000')).toBeVisible();

  await page.getByRole('button', { name: 'Account of Ada' }).click();
  await page.getByRole('menuitem', { name: 'Sign out' }).click();
  await expect(page.getByRole('heading', { name: 'Sign in' })).toBeVisible();
  await page.goto('/dashboard');
  await expect(page).toHaveURL(/sign-in\?next=\/dashboard/);
});

test('a wrong password is refused without saying which part was wrong', async ({ page }) => {
  await page.goto('/sign-in');
  await page.getByLabel('E-mail').fill(accountOf('customer').email);
  await page.getByLabel('Password').first().fill('not the password');
  await page.getByRole('button', { name: 'Sign in' }).click();
  await expect(page.getByRole('alert').filter({ hasText: 'do not fit together' })).toBeVisible();
});

test('a sign-up with a taken address leads to its inbox, and never says that it is taken', async ({
  page,
}) => {
  await page.goto('/sign-up');
  await page.getByLabel('Organization').fill('Acme');
  await page.getByLabel('Your name').fill('Ada');
  await page.getByLabel('E-mail').fill(accountOf('customer').email);
  await page.getByLabel('Password').first().fill('a few plain words');
  await page.getByRole('button', { name: 'Create organization' }).click();
  await expect(page.getByRole('heading', { name: 'Check your inbox' })).toBeVisible();
  await expect(page.getByText('already')).toHaveCount(0);
});

test('the operator’s console does not exist for others', async ({ page }) => {
  await keepSession(page, 'worker');
  await page.goto('/ops/reviews');
  await expect(page.getByText('There is no such page')).toBeVisible();
  await expect(page.getByText('Reviews')).toHaveCount(0);
});

test('a request that changes things is refused from another site', async ({ page, context }) => {
  await keepSession(page, 'worker');
  const response = await context.request.post('/api/trpc/workers.setOnline', {
    headers: { Origin: 'https://evil.example', 'Content-Type': 'application/json' },
    data: { json: { online: true } },
  });
  expect(response.status()).toBe(403);
});

test('pages run under a policy that lets no foreign code in', async ({ page }) => {
  const response = await page.goto('/sign-in');
  const policy = response?.headers()['content-security-policy'] ?? '';
  expect(policy).toMatch(/script-src 'self' 'nonce-[^']+' 'sha256-[^']+' 'strict-dynamic'(;|$)/);
  expect(policy).toContain("frame-ancestors 'none'");
  expect(policy).toContain("object-src 'none'");
});
