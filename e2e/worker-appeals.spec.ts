import type { Browser, Page } from '@playwright/test';
import { callApi, firstRun, keepSession, sessionCookie } from './instance';
import { inspect } from './looks';
import { test } from './test';
import { trpc } from './trpc';
import { expect, newSkill, newWorker, type TestWorker } from './workers';

const OUTPUT = { verdict: 'real' };
const WORD = 'The rim is worn, as the instructions say.';

interface Shown {
  id: string;
  appeal: string | null;
  task: { id: string };
}

/** A user's page for API calls only. */
async function callerOf(browser: Browser, sign: (page: Page) => Promise<void>): Promise<Page> {
  const context = await browser.newContext({ baseURL: process.env.E2E_URL });
  await context.addCookies([
    { name: 'humanrail-mode', value: 'live', url: String(process.env.E2E_URL) },
  ]);
  const page = await context.newPage();
  await sign(page);
  return page;
}

const as = (worker: TestWorker) => (page: Page) =>
  page.context().addCookies([sessionCookie(worker.session)]);

/** Creates a task that requires a review after its only answer. */
async function send(skill: string, coin: string): Promise<string> {
  const { status, body } = await callApi(firstRun().liveKey, 'POST', '/v1/tasks', {
    type: `appeal_${skill}`,
    payload: { coin },
    output_schema: {
      type: 'object',
      required: ['verdict'],
      properties: { verdict: { type: 'string', enum: ['real', 'fake'] } },
    },
    payout_sats: 77,
    sla_seconds: 600,
    skills_required: [skill],
    risk_tier: 'low',
    redundancy: { min_votes: 1, max_votes: 1, target_confidence: 0.99 },
    on_low_confidence: 'review',
  });
  expect(status, JSON.stringify(body)).toBe(201);
  return String(body.id);
}

async function answer(page: Page, taskId: string, output: object = OUTPUT): Promise<void> {
  const { assignmentId } = await trpc<{ assignmentId: string }>(page, 'queue.claim', { taskId });
  await trpc(page, 'assignments.submit', { assignmentId, output });
}

/** Waits for a task's open review, as shown to the reviewer. */
async function reviewOf(
  operator: Page,
  { skill, taskId, kind }: { skill: string; taskId: string; kind: 'escalated' | 'appeal' },
): Promise<Shown> {
  let found: Shown | undefined;
  await expect
    .poll(async () => {
      const { reviews } = await trpc<{ reviews: { id: string }[] }>(operator, 'reviews.list', {
        filter: { type: `appeal_${skill}`, kind },
      });
      for (const { id: reviewId } of reviews) {
        const shown = await trpc<Shown>(operator, 'reviews.get', { reviewId });
        if (shown.task.id === taskId) found = shown;
      }
      return found !== undefined;
    })
    .toBe(true);
  return found as Shown;
}

/**
 * The worker answers, a reviewer rejects it, and the customer requests no more answers. @returns
 * the task's id.
 */
async function turnedDown(operator: Page, worker: Page, skill: string, coin: string) {
  const taskId = await send(skill, coin);
  await answer(worker, taskId);
  const { id: reviewId } = await reviewOf(operator, { skill, taskId, kind: 'escalated' });
  await trpc(operator, 'reviews.decide', { reviewId, decision: 'reject', note: 'It is cast.' });
  const key = firstRun().liveKey;
  await expect
    .poll(async () => (await callApi(key, 'GET', `/v1/tasks/${taskId}`)).body.status)
    .toBe('posted');
  const { body } = await callApi(key, 'POST', `/v1/tasks/${taskId}/cancel`);
  expect(body.status).toBe('cancelled');
  return taskId;
}

/** Appeals the latest rejected answer, as its worker. */
async function appeal(page: Page): Promise<void> {
  await page.goto('/work/history?verdict=rejected');
  const row = page.getByRole('group').first();
  await row.getByText('Rejected').first().click();
  await row.getByRole('button', { name: 'Appeal' }).click();
  const dialog = page.getByRole('dialog', { name: 'Appeal' });
  await dialog.getByLabel('Why your answer was right').fill(WORD);
  await dialog.getByRole('button', { name: 'Appeal' }).click();
  await expect(dialog).toBeHidden();
}

/** Decides an appeal by keyboard: `a` accepts the worker's answer, `x` rejects it. */
async function decideAppeal(operator: Page, { id }: Shown, key: 'a' | 'x', reason: string) {
  await operator.locator(`[data-review="${id}"]`).click();
  await expect(operator.getByText(`“${WORD}” Accept the answer in the form`)).toBeVisible();
  const decision = operator.getByRole('region', { name: 'Decision' });
  await expect(decision.getByRole('button', { name: 'Accept' })).toBeEnabled();
  await operator.keyboard.press(key);
  await decision.getByRole('textbox', { name: 'Reason' }).fill(reason);
  await operator.keyboard.press('Enter');
  await expect(operator.locator(`[data-review="${id}"]`)).toBeHidden();
}

test('a reviewer upholds one appeal, which is paid, and dismisses another, and says why', async ({
  page,
  browser,
}) => {
  test.slow();
  const skill = newSkill();
  const worker = await newWorker(skill);
  const [operator, caller] = await Promise.all([
    callerOf(browser, (each) => keepSession(each, 'operator')),
    callerOf(browser, as(worker)),
  ]);
  await as(worker)(page);
  const won = await turnedDown(operator, caller, skill, 'Obol');
  await appeal(page);
  const lost = await turnedDown(operator, caller, skill, 'Mina');
  await appeal(page);

  const lostReview = await reviewOf(operator, { skill, taskId: lost, kind: 'appeal' });
  const wonReview = await reviewOf(operator, { skill, taskId: won, kind: 'appeal' });
  expect(wonReview.appeal).toBe(WORD);
  await operator.goto('/ops/appeals');
  await expect(operator.getByText(`“${WORD}”`).first()).toBeVisible();
  await expect(operator.getByText('A reviewer is asked').first()).toBeVisible();

  await operator.goto('/ops/reviews');
  await expect(operator.getByRole('heading', { name: 'Reviews', level: 1 })).toBeVisible();
  await decideAppeal(operator, wonReview, 'a', 'You are right.');
  await decideAppeal(operator, lostReview, 'x', 'The rim is filed, not worn.');

  await page.goto('/work/history?verdict=appealed');
  const [second, first] = [page.getByRole('group').nth(0), page.getByRole('group').nth(1)];
  await expect(first.getByText('77 sats')).toBeVisible();
  await expect(first.getByText('Accepted').first()).toBeVisible();
  await first.getByText('Accepted').first().click();
  await expect(first.getByText('You are right.')).toBeVisible();
  await second.getByText('Rejected').first().click();
  await expect(second.getByText('The rim is filed, not worn.')).toBeVisible();
  await expect(second.getByText('Dismissed.')).toBeVisible();

  await page.goto('/work/earnings');
  await expect(page.getByText('Paid', { exact: true }).first()).toBeVisible();

  await operator.goto('/ops/appeals');
  await operator.getByText('Decided', { exact: true }).first().click();
  await expect(operator.getByText('By a reviewer: You are right.').first()).toBeVisible();
  await inspect(operator, 'ops-appeals-decided', 1);
  await Promise.all([operator.context().close(), caller.context().close()]);
});

test('two others, who know nothing of it, decide an appeal, and it is paid', async ({
  page,
  browser,
}) => {
  test.slow();
  const skill = newSkill();
  const [worker, one, two] = [
    await newWorker(skill),
    await newWorker(skill),
    await newWorker(skill),
  ];
  const [operator, caller, ...others] = await Promise.all([
    callerOf(browser, (each) => keepSession(each, 'operator')),
    callerOf(browser, as(worker)),
    callerOf(browser, as(one)),
    callerOf(browser, as(two)),
  ]);
  const taskId = await turnedDown(operator, caller, skill, 'Drachma');
  for (const other of others) await trpc(other, 'workers.setOnline', { online: true });
  await as(worker)(page);
  await appeal(page);
  for (const other of others) {
    let offered: { id: string } | undefined;
    await expect
      .poll(async () => {
        [offered] = await trpc<{ id: string }[]>(other, 'assignments.list');
        return offered !== undefined;
      })
      .toBe(true);
    const shown = await trpc<object>(other, 'assignments.get', { assignmentId: offered?.id });
    expect(JSON.stringify(shown)).toContain('Drachma');
    expect(JSON.stringify(shown).replaceAll(`appeal_${skill}`, '')).not.toMatch(/appeal/i);
    await trpc(other, 'assignments.submit', { assignmentId: offered?.id, output: OUTPUT });
  }
  await page.goto('/work/history?verdict=appealed');
  const row = page.getByRole('group').first();
  await expect(row.getByText('77 sats')).toBeVisible();
  await row.getByText('Accepted').first().click();
  await expect(row.getByText(/Two other workers, who did not know/)).toBeVisible();

  const customer = await callerOf(browser, (each) => keepSession(each, 'customer'));
  await customer.goto(`/dashboard/tasks/${taskId}`);
  await expect(customer.getByText('A worker appealed')).toBeVisible();
  await expect(customer.getByText(/The appeal was upheld/)).toBeVisible();
  await expect(customer.getByText(/by two blind re-votes/)).toBeVisible();
  for (const each of [operator, caller, customer, ...others]) await each.context().close();
});
