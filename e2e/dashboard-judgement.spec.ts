import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect } from '@playwright/test';
import { callApi, firstRun, keepSession } from './instance';
import { picture } from './looks';
import { test } from './test';

const SCHEMA = {
  type: 'object',
  required: ['total'],
  properties: { total: { type: 'integer', minimum: 0, maximum: 1000 } },
};

/** A customer's check URL: rejects the first real answer. */
function judge(): { server: Server; asked: { task: { type: string }; output: object }[] } {
  const asked: { task: { type: string }; output: object }[] = [];
  const server = createServer(async (request, response) => {
    let body = '';
    for await (const chunk of request) body += chunk;
    const isTest = String(request.headers['webhook-id']).startsWith('chk_test_');
    if (!isTest) asked.push(JSON.parse(body));
    const verdict = !isTest && asked.length === 1 ? 'reject' : 'pass';
    response.setHeader('content-type', 'application/json');
    response.end(JSON.stringify({ verdict, message: 'Count the stamps again.' }));
  });
  return { server, asked };
}

test('a check URL is tried in the editor, then judges each answer', async ({ page }) => {
  test.slow();
  const type = `stamps_${Date.now()}`;
  const { server, asked } = judge();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/judge`;
  try {
    await keepSession(page, 'customer');
    await page.goto(`/dashboard/task-types/${type}`);
    const editor = page.getByRole('textbox', { name: 'Answer schema', exact: true });
    await editor.click();
    await page.keyboard.insertText(JSON.stringify(SCHEMA));
    const field = page.getByLabel('Check URL');
    await field.fill('http://127.0.0.1:9/');
    await page.getByRole('button', { name: 'Send test' }).click();
    await expect(page.getByText(/No verdict after .* refused/)).toBeVisible();
    await field.fill(url);
    await page.getByRole('button', { name: 'Send test' }).click();
    await expect(
      page.getByText(/^Pass, after .* It says: Count the stamps again\.$/),
    ).toBeVisible();
    await picture(page, 'check-url');
    await page.getByRole('button', { name: 'Create', exact: true }).click();
    await expect(page.getByText('Version 1', { exact: true })).toBeVisible();

    const key = firstRun().testKey;
    const payload = { text: 'How many stamps are on the page?' };
    const { body } = await callApi(key, 'POST', '/v1/tasks', { type, payload });
    const done = await callApi(key, 'GET', `/v1/tasks/${body.id}?wait=60`);
    expect(done.body.status).toBe('verified');
    expect(asked.map(({ task }) => task.type)).toEqual([type, type]);
    await page.goto(`/dashboard/tasks/${body.id}`);
    const rejected = page.getByRole('button', { name: /Rejected/ }).first();
    await rejected.click();
    await expect(page.getByText('Count the stamps again.').first()).toBeVisible();
  } finally {
    server.close();
  }
});

test('the quote tells what each tier costs and promises, and on what that rests', async ({
  page,
}) => {
  await keepSession(page, 'customer');
  await page.goto('/dashboard/playground?type=sentiment_analysis');
  const tiers = page.getByRole('region', { name: 'What each tier costs and promises' });
  await expect(tiers).toBeVisible({ timeout: 30_000 });
  await expect(tiers.getByRole('row')).toHaveCount(5);
  await expect(tiers.getByRole('row', { name: /^Medium 1–2/ })).toHaveAttribute(
    'aria-current',
    'true',
  );
  await expect(
    page.getByText(/careful prior|verified tasks of this type|golds and reviews/).first(),
  ).toBeVisible();
  await picture(page, 'quote-tiers');
});

test('the insight page says what asking people bought, and recommends only what is proven', async ({
  page,
}) => {
  const key = firstRun().testKey;
  const { body } = await callApi(key, 'POST', '/v1/tasks', {
    type: `guessed_${Date.now()}`,
    payload: { text: 'Is the plate readable?' },
    output_schema: {
      type: 'object',
      required: ['ok'],
      properties: { ok: { type: 'boolean' } },
    },
    agent_guess: { output: { ok: false }, confidence: 0.83 },
    sandbox: { answer: { ok: true } },
  });
  await callApi(key, 'GET', `/v1/tasks/${body.id}?wait=60`);
  await keepSession(page, 'customer');
  await page.goto(`/dashboard/tasks/${body.id}`);
  const guess = page.getByRole('button', { name: /^Your agent · 83 % sure/ });
  await expect(guess).toContainText('Weight 0');
  await expect(guess).toContainText('Dissents');
  await guess.click();
  await expect(
    page.getByText(/It counted for nothing\. A guess counts once 20 guesses at 80 % to 90 %/),
  ).toBeVisible();
  await picture(page, 'agent-vote');
  await page.goto('/dashboard/insight?range=24h');
  await expect(page.getByTestId('recommended-threshold')).toContainText('Recommended:');
  const row = page
    .getByRole('region', { name: 'What asking bought, by confidence' })
    .getByRole('row', { name: /^80 % – 90 %/ });
  await expect(row).toBeVisible();
  await expect(page.getByText(/People changed \d+ of \d+ guesses/)).toBeVisible();
  await picture(page, 'escalation');
});
