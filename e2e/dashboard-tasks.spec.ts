import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, type Page } from '@playwright/test';
import { parse } from 'csv-parse/sync';
import { callApi, firstRun, keepSession, REVIEW_TASK } from './instance';
import { picture } from './looks';
import { test } from './test';

/**
 * Beyond the SLA: the test finds its tasks open, and no answer that took minutes makes other tests'
 * answers, which take a second, look unusually fast.
 */
const NEVER = { delay_seconds: 600 };

/** One test's tasks, identified by a pair of their metadata. */
function batch() {
  const run = `run-${Date.now()}-${Math.random().toString(36).slice(2, 8)}`;
  const list = `/dashboard/tasks?metadata%5Brun%5D=${run}`;
  const create = async (change: object = {}): Promise<string> => {
    const { body } = await callApi(firstRun().testKey, 'POST', '/v1/tasks', {
      ...REVIEW_TASK,
      sandbox: NEVER,
      ...change,
      metadata: { run, ...(change as { metadata?: object }).metadata },
    });
    return String(body.id);
  };
  return { run, list, create };
}

// By role, because a page being streamed may contain a second, hidden copy of its rows.
const rows = (page: Page) => page.getByRole('table').locator('tbody tr');
const row = (page: Page, id: string) => rows(page).filter({ hasText: id });

test('a filter is in the address: it survives a reload, and going back undoes it', async ({
  page,
}) => {
  const { list, create } = batch();
  const kettle = await create({ payload: { text: 'Is the zirconium kettle broken?' } });
  const spoon = await create({ payload: { text: 'Is the spoon bent?' }, type: 'spoon_check' });
  await callApi(firstRun().testKey, 'POST', `/v1/tasks/${spoon}/cancel`);
  await keepSession(page, 'customer');
  await page.goto(list);
  await expect(rows(page)).toHaveCount(2);

  await page.getByRole('button', { name: 'Status' }).click();
  await page.getByRole('checkbox', { name: 'Cancelled' }).check();
  await expect(rows(page)).toHaveCount(1);
  await expect(row(page, spoon)).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(page).toHaveURL(/status=cancelled/);
  await page.reload();
  await expect(rows(page)).toHaveCount(1);
  await expect(page.getByRole('button', { name: 'Status: Cancelled' })).toBeVisible();
  await page.goBack();
  await expect(rows(page)).toHaveCount(2);

  await page.goto(list);
  await page.getByRole('searchbox', { name: 'Search tasks' }).fill('zircon');
  await expect(page).toHaveURL(/q=zircon/);
  await expect(rows(page)).toHaveCount(1);
  await expect(row(page, kettle)).toBeVisible();
  await page.getByRole('searchbox').fill(`${spoon.slice(-12)}`);
  await expect(row(page, spoon)).toBeVisible();
  await page.getByRole('searchbox').fill('zirconium spoon');
  await expect(page.getByText('Nothing matches')).toBeVisible();
  await page.getByRole('button', { name: 'Clear' }).click();
  await expect(page).toHaveURL(/\/dashboard\/tasks$/);
  await expect(page.getByRole('searchbox')).toHaveValue('');
});

test('the exported files hold the filtered tasks, and nothing a spreadsheet would run', async ({
  page,
}) => {
  const { list, create } = batch();
  const id = await create({
    metadata: { note: '=HYPERLINK("http://x")' },
    idempotency_key: undefined,
  });
  const other = await create({ type: 'other_type', idempotency_key: `=1+1 ${Date.now()}` });
  await keepSession(page, 'customer');
  await page.goto(list);
  const download = async (item: string) => {
    await page.getByRole('button', { name: 'Export' }).click();
    const waiting = page.waitForEvent('download');
    await page.getByRole('menuitem', { name: item }).click();
    const file = await waiting;
    return { name: file.suggestedFilename(), text: readFileSync(await file.path(), 'utf8') };
  };
  const csv = await download('CSV');
  expect(csv.name).toMatch(/^tasks-test-\d{4}-\d\d-\d\d\.csv$/);
  const records: Record<string, string>[] = parse(csv.text, { columns: true });
  expect(records.map((record) => record.id)).toEqual([other, id]);
  expect(records[0]?.idempotency_key).toMatch(/^'=1\+1/);
  expect(JSON.parse(records[1]?.metadata ?? '')).toMatchObject({ note: '=HYPERLINK("http://x")' });
  const jsonl = await download('JSON lines');
  const tasks = jsonl.text
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line));
  expect(tasks).toMatchObject([
    { id: other, object: 'task' },
    { id, type: REVIEW_TASK.type },
  ]);
});

test('several tasks are cancelled at once, and each that could not be says why', async ({
  page,
}) => {
  const { list, create } = batch();
  const open = await create();
  const over = await create();
  await callApi(firstRun().testKey, 'POST', `/v1/tasks/${over}/cancel`);
  await keepSession(page, 'customer');
  await page.goto(list);
  await page.getByRole('checkbox', { name: 'Select all on this page' }).check();
  await expect(page.getByText('2 tasks selected')).toBeVisible();
  await page.getByRole('button', { name: 'Cancel tasks' }).click();
  await page.getByRole('button', { name: 'Cancel 2 tasks' }).click();
  const results = page.getByRole('dialog', { name: '1 cancelled' });
  await expect(results.getByRole('link', { name: over })).toBeVisible();
  await expect(results.getByText('A task that is cancelled cannot be cancelled')).toBeVisible();
  await results.getByRole('button', { name: 'Done' }).click();
  await expect(row(page, open).getByText('Cancelled')).toBeVisible();
});

test('the list goes by keyboard: j and k, x, Enter, and / for the search', async ({ page }) => {
  const { list, create } = batch();
  const first = await create();
  const second = await create();
  await keepSession(page, 'customer');
  await page.goto(list);
  await expect(page.locator('[data-ready]')).toBeAttached();
  await expect(rows(page)).toHaveCount(2);
  await page.keyboard.press('j');
  await expect(row(page, second).getByRole('link')).toBeFocused();
  await page.keyboard.press('x');
  await expect(page.getByText('1 task selected')).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(page.getByText('1 task selected')).toBeHidden();
  await page.keyboard.press('j');
  await page.keyboard.press('k');
  await page.keyboard.press('j');
  await expect(row(page, first).getByRole('link')).toBeFocused();
  await page.keyboard.press('/');
  await expect(page.getByRole('searchbox')).toBeFocused();
  await page.keyboard.press('Escape');
  await page.keyboard.press('j');
  await page.keyboard.press('Enter');
  await expect(page).toHaveURL(new RegExp(`/dashboard/tasks/${second}$`));
});

test('others’ changes show without a reload, and no row moves under the reader’s hand', async ({
  page,
}) => {
  const { list, create } = batch();
  const shown = await create();
  await keepSession(page, 'customer');
  await page.goto(list);
  await expect(row(page, shown)).toBeVisible();
  await page.mouse.move(0, 0);
  const second = await create();
  await expect(rows(page)).toHaveCount(2);

  await row(page, shown).hover();
  const place = await row(page, shown).boundingBox();
  const third = await create();
  await expect(page.getByRole('button', { name: '1 new – show' })).toBeVisible();
  expect(await row(page, shown).boundingBox()).toEqual(place);
  await picture(page, 'tasks-new');
  await callApi(firstRun().testKey, 'POST', `/v1/tasks/${second}/cancel`);
  await expect(row(page, second).getByText('Cancelled')).toBeVisible();
  await expect(rows(page)).toHaveCount(2);
  await page.getByRole('button', { name: '1 new – show' }).click();
  await expect(rows(page)).toHaveCount(3);
  await expect(rows(page).first()).toContainText(third);
});

test('pages go forth and back, and keep their filter', async ({ page }) => {
  const { list, run } = batch();
  const tasks = Array.from({ length: 30 }, (_, n) => ({
    ...REVIEW_TASK,
    sandbox: NEVER,
    metadata: { run, n },
  }));
  await callApi(firstRun().testKey, 'POST', '/v1/tasks/batch', { tasks });
  await keepSession(page, 'customer');
  await page.goto(list);
  await expect(rows(page)).toHaveCount(25);
  await page.getByRole('link', { name: 'Older' }).click();
  await expect(rows(page)).toHaveCount(5);
  await expect(page).toHaveURL(new RegExp(run));
  await page.getByRole('link', { name: 'Newer' }).click();
  await expect(rows(page)).toHaveCount(25);
  await expect(page.getByRole('link', { name: 'Newer' })).toBeHidden();
});

test('a task’s page shows who answered without saying who, what it cost, and sends an event again', async ({
  page,
}) => {
  const { create } = batch();
  let heard = 0;
  const receiver = createServer((_request, response) => {
    heard++;
    response.end('thanks');
  });
  await new Promise<void>((resolve) => receiver.listen(0, '127.0.0.1', resolve));
  const { port } = receiver.address() as AddressInfo;
  try {
    const id = await create({
      sandbox: undefined,
      callback_url: `http://127.0.0.1:${port}/hook`,
      agent_guess: { output: { verdict: 'genuine', helpful: true }, confidence: 0.87 },
    });
    await callApi(firstRun().testKey, 'GET', `/v1/tasks/${id}?wait=60`);
    await keepSession(page, 'customer');
    await page.goto(`/dashboard/tasks/${id}`);
    await expect(page.getByText('Verified', { exact: true }).first()).toBeVisible();
    await expect(
      page.getByText(/Your agent’s guess, 87 % sure: it was (right|wrong)/),
    ).toBeVisible();
    const vote = page.getByRole('button', { name: /^Worker [2-9A-Z]{5}/ }).first();
    await vote.click();
    await expect(page.getByRole('list', { name: /What the stages said of Worker/ })).toBeVisible();
    await expect(page.getByRole('rowheader', { name: 'Charged' })).toBeVisible();
    await expect(page.getByRole('link', { name: 'Create similar' })).toHaveAttribute(
      'href',
      `/dashboard/playground?from=${id}`,
    );

    await page.getByRole('button', { name: 'More' }).click();
    const waiting = page.waitForEvent('download');
    await page.getByRole('menuitem', { name: 'Download the receipt' }).click();
    const receipt = JSON.parse(readFileSync(await (await waiting).path(), 'utf8'));
    expect(receipt).toMatchObject({ object: 'receipt', task_id: id, status: 'verified' });
    await page.getByRole('button', { name: 'More' }).click();
    await page.getByRole('menuitem', { name: 'Raw JSON' }).click();
    await expect(page.getByRole('dialog').getByLabel('the task as JSON').first()).toContainText(id);
    await page.keyboard.press('Escape');

    const delivery = page.getByRole('button', { name: /task\.verified to .*\/hook.*Delivered/ });
    await expect(delivery).toBeVisible({ timeout: 30_000 });
    await delivery.click();
    const before = heard;
    await page.getByRole('button', { name: 'Replay', exact: true }).click();
    await expect.poll(() => heard, { timeout: 30_000 }).toBeGreaterThan(before);
  } finally {
    receiver.close();
  }
});

test('the charts tell their figures as tables, and keep range, type and cost in the address', async ({
  page,
}) => {
  const { create } = batch();
  const guess = { output: { verdict: 'genuine', helpful: true }, confidence: 0.91 };
  const id = await create({ sandbox: undefined, agent_guess: guess });
  await callApi(firstRun().testKey, 'GET', `/v1/tasks/${id}?wait=60`);
  await keepSession(page, 'customer');
  await page.goto('/dashboard/insight?range=7d');
  await expect(page.getByRole('img', { name: /^Volume\./ })).toBeVisible();
  await page.getByText('Show as a table').first().click();
  await expect(page.getByRole('columnheader', { name: 'Created' })).toBeVisible();
  await expect(page.getByRole('img', { name: /^Escalation calibration\./ })).toBeVisible();
  await page.getByLabel('A wrong answer costs (sats)').fill('1');
  await page.getByRole('button', { name: 'Count again' }).click();
  await expect(page).toHaveURL(/range=7d&cost=1$/);
  await expect(page.getByText(/asking was not worth it/)).toBeVisible();
  await page.reload();
  await expect(page.getByLabel('A wrong answer costs (sats)')).toHaveValue('1');
  await page.getByText('24 hours').click();
  await expect(page).toHaveURL(/range=24h/);
});
