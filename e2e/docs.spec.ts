import { gzipSync } from 'node:zlib';
import { expect, type Response } from '@playwright/test';
import { firstRun } from './instance';
import { inspect } from './looks';
import { test } from './test';

const FIRST_LOAD_KB_MAX = 110;

const PAGES = [
  { path: '/docs/quickstart', heading: 'Quickstart' },
  { path: '/docs/errors', heading: 'Errors' },
  { path: '/docs/schemas-and-forms', heading: 'Schemas and forms' },
  { path: '/docs/api/usage', heading: 'Usage' },
];

for (const [turn, { path, heading }] of PAGES.entries()) {
  test(`${path} is accessible and fits from phone to desk, light and dark`, async ({ page }) => {
    test.slow();
    await page.goto(path);
    await expect(page.getByRole('heading', { level: 1, name: heading })).toBeVisible();
    await inspect(page, path.slice(1).replaceAll('/', '-'), turn);
  });

  test(`${path} loads at most ${FIRST_LOAD_KB_MAX} kB of JavaScript at first`, async ({ page }) => {
    const scripts: Response[] = [];
    const note = (response: Response) => {
      if (response.request().resourceType() === 'script') scripts.push(response);
    };
    page.on('response', note);
    await page.goto(path, { waitUntil: 'load' });
    // Later requests are not part of the first load.
    page.off('response', note);
    // Pages with eager code would list none for later.
    expect(
      await page.locator('script[data-late]').or(page.locator('script[src]')).count(),
    ).toBeGreaterThan(3);
    const bodies = await Promise.all(scripts.map((script) => script.body()));
    const sum = bodies.reduce((total, body) => total + gzipSync(body, { level: 9 }).length, 0);
    expect(sum / 1000).toBeLessThanOrEqual(FIRST_LOAD_KB_MAX);
  });
}

test('an error’s doc_url opens its own heading', async ({ page, request }) => {
  const answer = await request.post('/v1/tasks', {
    headers: { Authorization: `Bearer ${firstRun().testKey}` },
    data: { type: 'content_review' },
  });
  const { error } = (await answer.json()) as { error: { code: string; doc_url: string } };
  await page.goto(error.doc_url);
  await expect(page.locator(`[id="${error.code}"]`)).toBeInViewport();
});

test('the form beside a schema follows it, and shows the answer that comes of it', async ({
  page,
}) => {
  await page.goto('/docs/schemas-and-forms');
  const schema = page.getByLabel('Schema');
  await schema.fill('{"type": "object", "properties": {"ok": {"type": "bool"}}}');
  await expect(page.getByText('/properties/ok/type: a type is')).toBeVisible();
  await schema.fill(
    '{"type": "object", "required": ["ok"], "properties": {"ok": {"type": "boolean", "title": "Is it fine?"}}}',
  );
  const form = page.getByRole('region', { name: 'The worker’s form' });
  const submit = form.getByRole('button', { name: 'Show the answer' });
  await expect(form.getByText('Is it fine?')).toBeVisible();
  await submit.press('Enter');
  await expect(form.getByText('This is needed.').first()).toBeVisible();
  await form.getByLabel('Yes').press('Space');
  await submit.press('Enter');
  await expect(form.getByText('"ok": true')).toBeVisible();
});

test('where the form cannot be fetched, its schema stays', async ({ page }) => {
  await page.goto('/docs/schemas-and-forms#bounds');
  await page.waitForLoadState('networkidle');
  await page.route('**/_next/static/**', (route) => route.abort());
  await page.evaluate(() => window.scrollTo(0, 0));
  await expect(page.getByText('The form could not be fetched.')).toBeVisible();
  await expect(page.getByText('"Is it genuine?"')).toBeVisible();
});

test('the documentation is searched by keyboard alone', async ({ page }) => {
  await page.goto('/docs/quickstart');
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
  await expect(async () => {
    await page.keyboard.press('/');
    await expect(page.getByRole('combobox')).toBeFocused({ timeout: 1_000 });
  }).toPass();
  await page.keyboard.type('DATABASE_URL');
  const found = page.getByRole('option').filter({ hasText: 'Environment' });
  await expect(found.first()).toBeVisible();
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('ArrowUp');
  await page.keyboard.press('Enter');
  await expect(page).toHaveURL(/\/docs\/self-hosting\//);
  await expect(page.getByRole('dialog')).toBeHidden();
});

test('what is typed before the search is there counts', async ({ page }) => {
  let release = () => {};
  const held = new Promise<void>((resolve) => {
    release = resolve;
  });
  await page.route('**/_next/static/**/*.js', async (route) => {
    await held;
    await route.continue();
  });
  await page.goto('/docs/quickstart');
  await page.keyboard.press('/');
  await expect(page.getByRole('combobox')).toBeFocused();
  await page.keyboard.type('DATABASE_URL');
  release();
  await expect(page.getByRole('option').filter({ hasText: 'Environment' }).first()).toBeVisible();
  await expect(page.getByRole('combobox')).toHaveValue('DATABASE_URL');
});

test('where the search or a call cannot be fetched, it says so, and another try is made', async ({
  page,
}) => {
  await page.route('**/_next/static/**/*.js', (route) => route.abort());
  await page.goto('/docs/api/usage');
  await page.getByRole('button', { name: 'Search' }).click();
  await expect(page.getByText('The search could not be fetched.')).toBeVisible();
  await page.keyboard.press('Escape');
  await page.unroute('**/_next/static/**/*.js');
  const call = page.getByRole('group').filter({ hasText: 'Try it: Get the balance' });
  await call.getByText('Try it').click();
  await expect(call.getByRole('button', { name: 'Send: Get the balance' })).toBeVisible();
});

test('a search without a result says so, and Escape leads back', async ({ page }) => {
  await page.goto('/docs/quickstart');
  await page.getByRole('button', { name: 'Search' }).click();
  await page.getByRole('combobox').fill('zzzzqqq');
  await expect(page.getByText('Nothing is found for “zzzzqqq”.')).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(page.getByRole('dialog')).toBeHidden();
});

test('the language of examples is chosen once, for every page and every visit', async ({
  page,
}) => {
  await page.goto('/docs/quickstart');
  await page.getByRole('tab', { name: 'Python' }).first().focus();
  await page.keyboard.press('ArrowRight');
  const typescript = page.getByRole('tab', { name: 'TypeScript' });
  await expect(typescript.first()).toBeFocused();
  for (const tab of await typescript.all())
    await expect(tab).toHaveAttribute('aria-selected', 'true');
  await page.goto('/docs/webhooks');
  await expect(typescript.first()).toHaveAttribute('aria-selected', 'true');
});

test('light and dark hold in the whole product', async ({ page }) => {
  await page.emulateMedia({ colorScheme: 'light' });
  await page.goto('/docs/quickstart');
  await page.getByRole('button', { name: 'Light or dark' }).click();
  await expect(page.locator('html')).toHaveAttribute('data-mantine-color-scheme', 'dark');
  await page.goto('/sign-in');
  await expect(page.locator('html')).toHaveAttribute('data-mantine-color-scheme', 'dark');
});

test('every page is there as Markdown, and listed in llms.txt', async ({ request }) => {
  const list = await (await request.get('/llms.txt')).text();
  const links = [...list.matchAll(/\((\S+\/docs\/\S+\.md)\)/g)].map(([, link = '']) => link);
  expect(links.length).toBeGreaterThan(20);
  for (const link of links) {
    const answer = await request.get(new URL(link).pathname);
    expect(answer.status(), link).toBe(200);
    expect(answer.headers()['content-type']).toContain('text/markdown');
    expect(await answer.text()).toMatch(/^# /);
  }
  const asked = await request.get('/docs/webhooks', { headers: { Accept: 'text/markdown' } });
  expect(await asked.text()).toMatch(/^# Webhooks/);
  expect(asked.headers().vary).toMatch(/\baccept\b(?!-)/i);
  expect((await request.get('/docs/nothing.md')).status()).toBe(404);
});

test('a page that is not there says so, and leads on', async ({ page }) => {
  const response = await page.goto('/docs/nothing');
  expect(response?.status()).toBe(404);
  await expect(page.getByRole('heading', { name: 'There is no such page' })).toBeVisible();
});
