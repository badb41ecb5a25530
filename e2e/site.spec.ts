import { expect, type Page } from '@playwright/test';
import { keepSession } from './instance';
import { test } from './test';

/** The prerendered pages: the same for everybody, with a policy that lists their scripts' hashes. */

/** The browser's CSP violations on a page; call it before the page is opened. */
function refusalsOf(page: Page): string[] {
  const refused: string[] = [];
  page.on('console', (message) => {
    if (/Content Security Policy/.test(message.text())) refused.push(message.text());
  });
  page.on('pageerror', (error) => refused.push(String(error)));
  return refused;
}

for (const path of ['/', '/docs/quickstart', '/docs/schemas-and-forms', '/docs/api/tasks']) {
  test(`${path} is built ahead, and runs nothing but what it was built with`, async ({ page }) => {
    const refused = refusalsOf(page);
    const response = await page.goto(path, { waitUntil: 'load' });
    const headers = response?.headers() ?? {};
    expect(headers['cache-control']).toContain('s-maxage');
    const script = /script-src ([^;]*)/.exec(headers['content-security-policy'] ?? '')?.[1] ?? '';
    expect(script).toMatch(/^'self'( 'sha256-[^']+')+ 'strict-dynamic'$/);
    expect(headers['content-security-policy']).toMatch(/style-src 'self';/);
    await page.evaluate(() => {
      const script = document.createElement('div');
      script.innerHTML = '<img src="data:," onerror="document.title = \'foreign\'">';
      document.body.append(script);
    });
    await expect.poll(() => refused.length).toBeGreaterThan(0);
    expect(refused.filter((each) => !/event handler/i.test(each))).toEqual([]);
    expect(await page.title()).not.toBe('foreign');
  });
}

test('the documentation’s pages are alive, and lead from one to the next', async ({ page }) => {
  const refused = refusalsOf(page);
  await page.goto('/docs/quickstart');
  // The page loads before its scripts handle keys.
  await expect(async () => {
    await page.keyboard.press('/');
    const search = page.getByRole('dialog', { name: 'Search the documentation' });
    await expect(search).toBeVisible({ timeout: 2_000 });
  }).toPass();
  await page.keyboard.press('Escape');
  await page.getByRole('link', { name: /^Next/ }).click();
  await expect(page).not.toHaveURL(/quickstart/);
  expect(refused).toEqual([]);
});

test('the landing page copies its example, and knows who is signed in', async ({
  page,
  context,
}) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  await page.goto('/');
  await page.getByRole('button', { name: 'Copy an example in TypeScript' }).click();
  await expect(page.getByText('Copied', { exact: true })).toBeVisible();
  const copied = await page.evaluate(() => navigator.clipboard.readText());
  expect(copied).toMatch(/^const task = await client\.tasks\.create/);
  await expect(page.getByRole('link', { name: 'Create an organization' })).toBeVisible();
  await expect(page.getByRole('link', { name: 'To the dashboard' })).toBeHidden();
  await keepSession(page, 'customer');
  await page.goto('/');
  await expect(page.getByRole('link', { name: 'To the dashboard' })).toBeVisible();
  await expect(page.getByRole('link', { name: 'Sign in' })).toBeHidden();
  await page.goto('/docs/quickstart');
  await expect(page.getByRole('link', { name: 'Dashboard', exact: true })).toBeVisible();
  await context.clearCookies({ name: /session-token/ });
  await page.goto('/');
  await expect(page.getByRole('link', { name: 'Sign in' })).toBeVisible();
});

test('an address that nothing has is missing, under the policy of its own request', async ({
  page,
}) => {
  for (const path of ['/nothing-here', '/docs/nothing']) {
    const refused = refusalsOf(page);
    const response = await page.goto(path, { waitUntil: 'load' });
    expect(response?.status()).toBe(404);
    await expect(page.getByRole('heading', { name: 'There is no such page' })).toBeVisible();
    expect(refused).toEqual([]);
  }
});
