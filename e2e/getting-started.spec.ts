import { expect, type Locator, type Page } from '@playwright/test';
import { callApi } from './instance';
import { test } from './test';

const CLICKS_MAX = 25;
const REVOKED_MS_MAX = 6_000;

/** Counts the clicks required of a visitor. */
function clicker() {
  let clicks = 0;
  return {
    async click(target: Locator) {
      clicks++;
      await target.click();
    },
    count: () => clicks,
  };
}

async function signUp(page: Page, click: (target: Locator) => Promise<void>) {
  await page.goto('/sign-up');
  await page.getByLabel('Organization').fill('Five Minutes Ltd');
  await page.getByLabel('Your name').fill('Ada');
  await page.getByLabel('E-mail').fill(`five-minutes-${Date.now()}@example.com`);
  await page.getByLabel('Password').first().fill('a few plain words');
  await click(page.getByRole('button', { name: 'Create organization' }));
  await expect(page.getByRole('heading', { name: 'Overview' })).toBeVisible();
}

test('a visitor gets from sign-up to a verified answer and its event without leaving the page', async ({
  page,
}) => {
  const { click, count } = clicker();
  await signUp(page, click);

  await click(page.getByRole('button', { name: 'Create a test key' }));
  const key = (await page.getByTestId('first-key').textContent()) ?? '';
  expect(key).toMatch(/^ek_test_[0-9A-Za-z]{38}$/);
  await click(page.getByRole('button', { name: 'Copy key' }));
  for (const language of ['Python', 'TypeScript', 'Go', 'curl']) {
    // The server's code sample follows the language.
    await click(page.getByText(language, { exact: true }).first());
    await expect(page.getByLabel(`the ${language} that sends a task`).first()).toContainText(key);
  }

  await click(page.getByRole('button', { name: 'Add the inspector as endpoint' }));
  await expect(page.getByText('The inspector waits.')).toBeVisible();

  await click(page.getByRole('button', { name: 'Send it now' }));
  const followed = page.getByTestId('followed-task');
  await expect(followed.getByText('Verified', { exact: true })).toBeVisible({ timeout: 30_000 });
  await expect(followed.getByLabel('the verified answer').first()).toContainText('verdict');

  const received = page.getByTestId('received-events');
  const verified = received.getByRole('button', { name: /task\.verified/ });
  await expect(verified).toBeVisible({ timeout: 20_000 });
  await expect(verified).toContainText('Signature fits');
  await click(verified);
  await expect(received.getByLabel('the body').first()).toContainText('"status": "verified"');

  expect((await callApi(key, 'GET', '/v1/tasks')).status).toBe(200);
  await click(page.getByRole('link', { name: 'API keys' }).first());
  // The last chosen language applies to every page.
  await expect(page.getByLabel('the curl that reads the balance').first()).toBeVisible();
  await click(page.getByRole('button', { name: 'Revoke Getting started' }));
  await click(page.getByRole('button', { name: 'Revoke key' }));
  await expect
    .poll(async () => (await callApi(key, 'GET', '/v1/tasks')).status, { timeout: REVOKED_MS_MAX })
    .toBe(401);
  expect(count()).toBeLessThanOrEqual(CLICKS_MAX);
});
