import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import type { Page } from '@playwright/test';
import type { GoldsToAnswer } from './answer-golds';
import { axeFaults } from './axe';
import { callApi, firstRun, keepSession } from './instance';
import { picture } from './looks';
import { test } from './test';
import { trpc } from './trpc';
import { expect, newSkill, newWorker, signInAs } from './workers';

const run = promisify(execFile);

/** Few golds suffice, so that the test need not answer many; the way back opens immediately. */
const POLICY = {
  gold: {
    ...{ pauseMinGolds: 3, pauseBelow: 0.6, pauseSafe: 0.7, pauseAlpha: 0.1 },
    ...{ priorStrength: 1, pauseCooldownHours: 0, retireAlpha: 0.3 },
  },
};

/** A type of the demo customer, with golds, named after the quiz's. */
async function createType(page: Page, title: string, golds: Record<string, 'real' | 'fake'>) {
  const type = newSkill();
  // A worker with the skill of that name creates the skill.
  const worker = await newWorker(type);
  await keepSession(page, 'customer');
  await page.goto('/dashboard/task-types');
  await trpc(page, 'taskTypes.save', {
    ...{ type, title, skills_required: [type], payout_sats: 10, sla_seconds: 3_600 },
    ...{ risk_tier: 'low', policy: POLICY },
    output_schema: {
      type: 'object',
      required: ['verdict'],
      properties: { verdict: { type: 'string', enum: ['real', 'fake'] } },
    },
  });
  for (const [coin, verdict] of Object.entries(golds)) {
    await trpc(page, 'golds.add', {
      ...{ type, payload: { coin }, expected_output: { verdict } },
      ...{ explanation: `The edge of ${coin} shows it.`, quiz: coin.startsWith('Quiz') },
    });
  }
  return { type, worker };
}

async function answerGolds(golds: Omit<GoldsToAnswer, 'key'>): Promise<void> {
  const input: GoldsToAnswer = { ...golds, key: firstRun().liveKey };
  await run('npx', ['--no', 'tsx', 'e2e/answer-golds.ts', JSON.stringify(input)], {
    env: { ...process.env, DATA_DIR: process.env.E2E_DATA_DIR ?? '.data' },
  });
}

async function goLive(page: Page): Promise<void> {
  const live = page.getByRole('button', { name: 'Live', exact: true });
  await live.click();
  await expect(live).toHaveAttribute('aria-pressed', 'true');
}

test('a kind of task is paused by golds and comes back through the quiz', async ({
  page,
  browser,
}) => {
  test.slow();
  const title = `Coins ${Date.now()}`;
  await keepSession(page, 'customer');
  await page.goto('/dashboard');
  await goLive(page);
  const numbered = (name: string, count: number) =>
    Array.from({ length: count }, (_, n) => [`${name} coin ${n}`, 'real'] as const);
  const golds = Object.fromEntries([...numbered('Queue', 3), ...numbered('Quiz', 5)]);
  const { type, worker } = await createType(page, title, golds);
  await answerGolds({ type, workers: [worker.email], golds: 3, output: { verdict: 'fake' } });

  await page.goto('/dashboard/people');
  const paused = page.getByRole('list', { name: 'Paused workers' });
  await expect(paused).toContainText('0 of your answers were right');
  await expect(paused).toContainText(/Worker [A-Z0-9]{5}/);
  await picture(page, 'people-paused');

  const context = await browser.newContext({ baseURL: process.env.E2E_URL });
  const desk = await context.newPage();
  await signInAs(desk, worker);
  const body = { type, payload: { coin: 'Another' } };
  const created = await callApi(firstRun().liveKey, 'POST', '/v1/tasks', body);
  expect(created.body.warnings ?? created.status).toBeDefined();
  await desk.goto('/work/standing');
  const alert = desk.getByRole('status').filter({ hasText: `Paused: ${title}` });
  await expect(alert).toContainText('0 of your answers were right');
  expect(await axeFaults(desk)).toEqual([]);
  await picture(desk, 'standing-paused');
  await desk.getByRole('link', { name: `Take the quiz: ${title}` }).click();
  await desk.getByRole('button', { name: 'Begin' }).click();
  for (let position = 1; position <= 5; position++) {
    await expect(desk.getByRole('heading', { name: `question ${position} of 5` })).toBeVisible();
    await desk.getByRole('radio', { name: 'Real' }).check();
    await desk.getByRole('button', { name: position === 5 ? 'Finish' : 'Next question' }).click();
  }
  await expect(desk.getByText(`${title} is no longer paused`)).toBeVisible();
  await desk.getByRole('link', { name: 'Back to your standing' }).click();
  await expect(desk.getByText('up to').first()).toBeVisible();
  await expect(desk.getByText(`Paused: ${title}`)).toHaveCount(0);
  await picture(desk, 'standing');
  await context.close();

  await page.reload();
  await expect(page.getByText(new RegExp(`${type}`, 'i'))).toHaveCount(0);
});

test('a gold that the best workers contradict retires itself, and can be brought back', async ({
  page,
}) => {
  test.slow();
  const title = `Mints ${Date.now()}`;
  await keepSession(page, 'customer');
  await page.goto('/dashboard');
  await goLive(page);
  const sick = 'The sick coin';
  const { type, worker } = await createType(page, title, {
    ...{ 'Coin A': 'real', 'Coin B': 'real', 'Coin C': 'real' },
    [sick]: 'fake',
  });
  const others = [await newWorker(type), await newWorker(type)];
  const workers = [worker, ...others].map(({ email }) => email);
  await answerGolds({ type, workers, golds: 4, output: { verdict: 'real' } });

  await page.goto(`/dashboard/task-types/${type}/golds`);
  const row = page.getByTestId('gold').filter({ hasText: sick });
  await expect(async () => {
    await page.reload();
    await expect(row).toContainText('It retired itself', { timeout: 2_000 });
  }).toPass({ timeout: 40_000 });
  await expect(page.getByText('A gold retired itself')).toBeVisible();
  expect(await axeFaults(page)).toEqual([]);
  await picture(page, 'gold-retired');
  await page.getByRole('button', { name: `Bring back: ${sick}` }).click();
  await expect(row).toContainText('Vouched for');
  await page.goto('/dashboard/settings/audit');
  await expect(page.getByText('Gold retired itself').first()).toBeVisible();
});
