import { randomUUID } from 'node:crypto';
import { expect, type Page } from '@playwright/test';
import { callApi, sessionCookie } from './instance';
import { picture } from './looks';
import { signInByRequest } from './sign-in-by-request';
import { test } from './test';
import { trpc } from './trpc';

/** Using only test mode keys, the test clock and the pages, in an organization of the test's own. */

const SCHEMA = {
  type: 'object',
  required: ['verdict'],
  properties: { verdict: { type: 'string', enum: ['real', 'fake'] } },
};
const REAL = { verdict: 'real' };
const FAKE = { verdict: 'fake' };
const HOUR = 3_600;
/** Answers after the page has been checked. */
const LATER = { delay: HOUR };

/** Signs up a new user with an organization, and stops its test clock. */
async function rehearse(page: Page) {
  const url = String(process.env.E2E_URL);
  const email = `rehearsal-${randomUUID()}@example.com`;
  const account = { email, password: 'a few plain words' };
  await trpc(page, 'organizations.signUp', { ...account, organization: 'Rehearsal', name: 'Ada' });
  await page.context().addCookies([sessionCookie(await signInByRequest(url, account))]);
  const { plaintext: key } = await trpc<{ plaintext: string }>(page, 'apiKeys.create', {
    ...{ name: 'Rehearsal', mode: 'test' },
  });
  const send = async (path: string, body: object) => {
    const answer = await callApi(key, 'POST', path, body);
    expect(answer.status, JSON.stringify(answer.body)).toBeLessThan(300);
    return answer.body;
  };
  const advance = async (seconds: number) => {
    for (let left = seconds; ; ) {
      const part = await send('/v1/test/clock/advance', { seconds: left });
      if (part.done) return;
      left = Number(part.remaining_seconds);
    }
  };
  // The organization's balance is added a moment later.
  await expect
    .poll(async () => (await callApi(key, 'GET', '/v1/balance')).body.available_sats)
    .toBe(1_000_000);
  await advance(0);
  return {
    send,
    advance,
    ask: async (n: number, more: object) => {
      const task = { type: 'coins', payload: { coin: `Coin ${n}` }, sla_seconds: 24 * HOUR };
      const body = { ...task, payout_sats: 10, output_schema: SCHEMA, ...more };
      return String((await send('/v1/tasks', body)).id);
    },
    get: async (id: string) => (await callApi(key, 'GET', `/v1/tasks/${id}`)).body,
    saveType: (type: string, policy: object) =>
      trpc(page, 'taskTypes.save', {
        ...{ type, title: type, output_schema: SCHEMA, payout_sats: 10, gold_rate: 1 },
        policy: { qa: { sampleRate: 0 }, ...policy },
      }),
    addGold: (type: string, n: number, expected_output: object) =>
      send(`/v1/task_types/${type}/golds`, { payload: { coin: `Gold ${n}` }, expected_output }),
  };
}

/** A stage's row in the report on the task's page. */
const rowOf = (page: Page, about: RegExp) => page.locator('div').filter({ hasText: about }).last();

test('a task’s page says which stage rejects, asks for a vote and asks for a review, and a member decides that', async ({
  page,
}) => {
  test.slow();
  const { ask, advance, get } = await rehearse(page);
  await trpc(page, 'ownReviews.setScope', { publicPool: true });
  const script = (workers: object[]) => ({
    sandbox: { answer: REAL, workers, reviewer: { decision: 'wait' } },
  });
  const cases: [more: object, about: RegExp][] = [
    [script([{ behaviour: 'bot' }, LATER]), /^AnomalyRejectAnomalous behaviour/],
    [script([{ behaviour: 'hasty' }, LATER]), /^AnomalyNeed voteUnusual behaviour/],
    [
      { risk_tier: 'high', redundancy: { min_votes: 1, max_votes: 1 }, ...script([{}]) },
      /^GoldNeed reviewAccuracy unproven/,
    ],
    [
      {
        redundancy: { min_votes: 2, max_votes: 2 },
        ...script([{ answers: [REAL] }, { answers: [FAKE] }]),
      },
      /^ConsensusNeed reviewTied votes/,
    ],
  ];
  const ids: string[] = [];
  for (const [n, [more]] of cases.entries()) ids.push(await ask(n, more));
  await advance(60);
  for (const [n, [, about]] of cases.entries()) {
    await page.goto(`/dashboard/tasks/${ids[n]}`);
    await expect(rowOf(page, about)).toBeVisible();
  }
  await picture(page, 'stage-report');

  await page.goto('/dashboard/reviews');
  const list = page.getByRole('navigation', { name: 'Open reviews' });
  const decision = page.getByRole('region', { name: 'Decision' });
  for (const left of [1, 0]) {
    await expect(decision.getByRole('button', { name: 'Accept' })).toBeEnabled();
    await page.getByRole('heading', { level: 1, name: 'Reviews' }).click();
    await page.keyboard.press('a');
    await page.keyboard.press('Enter');
    await expect(list.getByRole('button')).toHaveCount(left);
  }
  await advance(2 * HOUR);
  const ended = await Promise.all(ids.map(get));
  expect(ended.map(({ status }) => status)).toEqual(ids.map(() => 'verified'));
  await page.goto(`/dashboard/tasks/${ids[2]}`);
  await expect(rowOf(page, /^QAPass/)).toBeVisible();
});

test('a worker who fails golds is paused and comes back, and a gold that all contradict retires itself', async ({
  page,
}) => {
  test.slow();
  const { ask, advance, get, saveType, addGold } = await rehearse(page);
  const pause = { pauseMinGolds: 3, pauseAlpha: 0.1, pauseCooldownHours: 20 };
  await saveType('mints', { gold: { ...pause, priorStrength: 1 } });
  for (let n = 0; n < 3; n++) await addGold('mints', n, REAL);
  // The first worker's stand-in gives the second answer.
  const sandbox = { workers: [{ answers: [REAL, FAKE], gold_answers: [FAKE] }] };
  const once = { type: 'mints', redundancy: { min_votes: 1, max_votes: 1 }, sandbox };
  const outputs: unknown[] = [];
  const answered = async (n: number, seconds: number) => {
    const id = await ask(n, once);
    await advance(seconds);
    outputs.push((await get(id)).output);
  };
  await answered(1, HOUR);
  await page.goto('/dashboard/settings/audit');
  await expect(page.getByText('Worker type paused').first()).toBeVisible();
  await answered(2, 20 * HOUR);
  await answered(3, HOUR);
  expect(outputs).toEqual([REAL, FAKE, REAL]);
  await page.reload();
  await expect(page.getByText('Worker type resumed').first()).toBeVisible();

  await saveType('seals', { gold: { priorStrength: 1, retireAlpha: 0.3 } });
  for (const [n, known] of [REAL, REAL, REAL, FAKE].entries()) await addGold('seals', n, known);
  const workers = [0, 1, 2].map(() => ({ answers: [REAL], gold_answers: [REAL] }));
  await ask(4, {
    ...{ type: 'seals', redundancy: { min_votes: 3, max_votes: 3 }, sandbox: { workers } },
  });
  await advance(HOUR);
  await page.goto('/dashboard/task-types/seals/golds');
  await expect(page.getByTestId('gold').filter({ hasText: 'Gold 3' })).toContainText(
    'It retired itself',
  );
  await expect(page.getByTestId('gold').filter({ hasText: 'It retired itself' })).toHaveCount(1);
});
