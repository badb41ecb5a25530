import { expect } from '@playwright/test';
import { callApi, firstRun, keepSession } from './instance';
import { inspect, picture } from './looks';
import { test } from './test';

const SCHEMA = {
  type: 'object',
  required: ['verdict'],
  properties: { verdict: { type: 'string', enum: ['real', 'fake'] } },
};

/** A type with verified tasks of three votes; simulated workers answer in test mode. */
async function votedType(tasks: number): Promise<string> {
  const type = `voted_${Date.now()}`;
  const { testKey } = firstRun();
  const saved = await fetch(`${process.env.E2E_URL}/v1/task_types/${type}`, {
    method: 'PUT',
    headers: { Authorization: `Bearer ${testKey}`, 'Content-Type': 'application/json' },
    body: JSON.stringify({ title: 'Voted', output_schema: SCHEMA, payout_sats: 10 }),
  });
  expect(saved.status).toBe(200);
  const redundancy = { min_votes: 3, max_votes: 3 };
  const ids = await Promise.all(
    Array.from({ length: tasks }, async (_, n) => {
      const body = { type, payload: { coin: n }, redundancy };
      return (await callApi(testKey, 'POST', '/v1/tasks', body)).body.id as string;
    }),
  );
  for (const id of ids) {
    const { body } = await callApi(testKey, 'GET', `/v1/tasks/${id}?wait=60`);
    expect(body.status).toMatch(/^(verified|completed)$/);
  }
  return type;
}

test.beforeEach(async ({ page }) => {
  test.slow();
  await keepSession(page, 'customer');
});

test('other settings of a type are replayed, compared, and taken over into its editor', async ({
  page,
}) => {
  const type = await votedType(3);
  await page.goto(`/dashboard/task-types/${type}`);
  await page.getByRole('link', { name: 'Back-test' }).click();
  await expect(page.getByRole('heading', { level: 1, name: 'Back-test' })).toBeVisible();
  await expect(page.getByRole('img', { name: /^Accuracy and cost\. 3 tasks/ })).toBeVisible();
  const table = page.getByRole('region', { name: 'All settings as a table' });
  await expect(table.getByRole('row').filter({ hasText: 'Current' })).toContainText('3 votes');
  await inspect(page, 'back-test', 0);
  await picture(page, 'back-test');

  await page.getByLabel('Votes, at least').fill('2');
  await page.getByLabel('Votes, at most').fill('9');
  await page.getByRole('button', { name: 'Replay' }).click();
  const asked = table.getByRole('row').filter({ hasText: 'Asked for' });
  await expect(asked).toContainText('2 to 9');
  await asked.getByRole('link', { name: /^Apply/ }).click();
  await expect(page).toHaveURL(/min_votes=2&max_votes=9/);
  await expect(page.getByLabel('Votes, at least')).toHaveValue('2');
  await expect(page.getByLabel('Votes, at most')).toHaveValue('9');
  await expect(page.getByRole('button', { name: 'Save' })).toBeEnabled();
});

test('a type without tasks says what a back-test needs', async ({ page }) => {
  await page.goto('/dashboard/task-types/never_asked/back-test');
  await expect(page.getByText('No verified tasks of this type yet')).toBeVisible();
});

test('the insight page of a type says how its confidence and its models come about', async ({
  page,
}) => {
  const type = await votedType(1);
  await page.goto(`/dashboard/insight?range=24h&type=${type}`);
  await expect(page.getByRole('heading', { name: 'Calibration of confidence' })).toBeVisible();
  await expect(page.getByText('No answer has become known yet')).toBeVisible();
  await expect(page.getByText('Naive Bayes weighs the votes')).toBeVisible();
});
