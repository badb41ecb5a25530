import { expect, type Page } from '@playwright/test';
import { callApi, firstRun, sessionCookie } from './instance';
import { test } from './own-worker';
import { fillCase, SCHEMA_CASES, type SchemaCase } from './schema-table';
import { trpc } from './trpc';

/**
 * An answer's path through the whole product, for one schema of each kind: rendered in the worker
 * app, filled in like by a person, submitted, and read by the API. `e2e/form-page` tests the form
 * itself with every schema of the table. Answers wait ten seconds for an undo, so all are sent
 * before any is read.
 */
const FULL_STACK = new Set([
  '14-list-of-groups.json',
  '25-variants.json',
  '28-condition.json',
  '31-map.json',
  '34-lone-text.json',
  '38-right-to-left.json',
  '40-pydantic.json',
  '57-moments.json',
  '59-great-numbers.json',
  '62-root-list.json',
  '68-unsafe-names.json',
  '77-zod.json',
]);
const CASES = SCHEMA_CASES.filter(({ file }) => FULL_STACK.has(file));

test.describe.configure({ mode: 'default' });

let page: Page;
const taskIds = new Map<string, string>();
const sent = new Set<string>();

test.beforeAll(async ({ browser, worker }) => {
  page = await browser.newPage();
  await page.context().addCookies([sessionCookie(worker.session)]);
  await page.goto('/work');
  const { body } = await callApi(firstRun().liveKey, 'POST', '/v1/tasks/batch', {
    tasks: CASES.map(({ title, file, schema }) => ({
      type: 'schema_table',
      metadata: { schema_case: file },
      payload: { title, file },
      output_schema: schema,
      payout_sats: 10,
      skills_required: [worker.skill],
      sla_seconds: 3_600,
      risk_tier: 'low',
    })),
  });
  for (const [index, { task, error }] of (body.data as BatchItem[]).entries()) {
    expect(error, CASES[index]?.file).toBeFalsy();
    taskIds.set(CASES[index]?.file ?? '', String(task?.id));
  }
});

interface BatchItem {
  task?: { id: string };
  error?: unknown;
}

test.afterAll(async () => {
  // Tasks of failed cases are released for other specs; submitted ones continue.
  for (const [file, taskId] of taskIds) {
    if (sent.has(file)) continue;
    await callApi(firstRun().liveKey, 'POST', `/v1/tasks/${taskId}/cancel`);
  }
  await page.close();
});

interface Held {
  id: string;
  status: string;
  submitsAt: Date | null;
  task: { id: string };
}

/** The worker's current tasks: neither submitted nor pending. */
async function heldNow(): Promise<Held[]> {
  const all = await trpc<Held[]>(page, 'assignments.list');
  return all.filter(({ status, submitsAt }) => status !== 'submitted' && !submitsAt);
}

/** Takes a task and opens it; a task left open by a failed case is released first. */
async function openTask(one: SchemaCase): Promise<void> {
  const taskId = taskIds.get(one.file);
  for (const other of await heldNow()) {
    await trpc(page, 'assignments.release', { assignmentId: other.id, reason: 'Not its turn' });
  }
  const { assignmentId } = await trpc<{ assignmentId: string }>(page, 'queue.claim', { taskId });
  // From the queue, like a worker: loading a page for each task would take longer than the task.
  if (new URL(page.url()).pathname !== '/work') await page.goto('/work');
  await page.locator(`a[href="/work/tasks/${assignmentId}"]`).click();
  await expect(page.getByText(one.file, { exact: true }).first()).toBeVisible();
}

for (const one of CASES) {
  test(`${one.file}: ${one.title}`, async () => {
    await openTask(one);
    await fillCase(page, one);
    await page.getByRole('button', { name: 'Submit', exact: true }).click();
    await expect(async () => {
      // The page's title is announced as an alert too.
      const faults = await page.getByRole('main').getByRole('alert').allInnerTexts();
      expect(faults.join('\n').trim()).toBe('');
      await expect(page.getByText(one.file, { exact: true })).toHaveCount(0, { timeout: 500 });
      // The page continues immediately; the answer is sent afterwards.
      expect((await heldNow()).map(({ task }) => task.id)).not.toContain(taskIds.get(one.file));
    }).toPass({ timeout: 15_000 });
    sent.add(one.file);
  });
}

test('each answer is read back as it was given', async () => {
  test.setTimeout(180_000);
  for (const { file, answer } of CASES) {
    // By metadata, because a retried case has a new process and new tasks.
    const query = `type=schema_table&metadata[schema_case]=${file}`;
    const { body: list } = await callApi(firstRun().liveKey, 'GET', `/v1/tasks?${query}`);
    const answered = (list.data as ListedTask[]).find(({ status }) => !UNANSWERED.has(status));
    expect(answered, `${file} was answered`).toBeDefined();
    const path = `/v1/tasks/${answered?.id}?wait=30`;
    const { body } = await callApi(firstRun().liveKey, 'GET', path);
    expect.soft({ file, status: body.status, output: body.output }).toEqual({
      file,
      status: 'verified',
      output: answer,
    });
  }
});

interface ListedTask {
  id: string;
  status: string;
}

const UNANSWERED = new Set(['posted', 'cancelled']);
