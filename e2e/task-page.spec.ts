import { expect, type Page } from '@playwright/test';
import { cancelTask } from './held-task';
import { callApi, firstRun } from './instance';
import { test } from './own-worker';
import { trpc } from './trpc';

/** One answer per task, clear messages in every case, and no lost input. */
const NOTES = {
  type: 'object',
  required: ['notes'],
  properties: { notes: { type: 'string' }, count: { type: 'integer', maximum: 5 } },
};

async function timelineOf(taskId: string) {
  const { body } = await callApi(firstRun().liveKey, 'GET', `/v1/tasks/${taskId}/events`);
  return body.data as { type: string; data: Record<string, unknown> }[];
}

async function outputOf(taskId: string) {
  const { body } = await callApi(firstRun().liveKey, 'GET', `/v1/tasks/${taskId}?wait=30`);
  return { status: body.status, output: body.output, votes: body.votes_used };
}

test('a problem is reported with the draft kept, and stands on the task’s timeline', async ({
  page,
  openTask,
}) => {
  const { taskId } = await openTask({ output_schema: NOTES });
  await page.getByLabel('Notes').fill('Half an answer');
  await page.getByRole('button', { name: 'Report a problem' }).click();
  const dialog = page.getByRole('dialog', { name: 'Report a problem' });
  await dialog.getByRole('button', { name: 'Report', exact: true }).click();
  await expect(dialog.getByText('Choose what is wrong.')).toBeVisible();
  await dialog.getByText('Something is missing or does not load').click();
  await dialog.getByLabel('In your words').fill('The photo is blank.');
  await dialog.getByRole('button', { name: 'Report', exact: true }).click();
  await expect(dialog).toBeHidden();
  await expect(page.getByLabel('Notes')).toHaveValue('Half an answer');
  const reported = (await timelineOf(taskId)).find(
    ({ type }) => type === 'assignment.problem_reported',
  );
  expect(reported?.data).toMatchObject({ category: 'missing', details: 'The photo is blank.' });
  await cancelTask(taskId);
});

test('instructions closed once stay closed until they change', async ({ page, openTask }) => {
  const first = await openTask({ instructions: 'Read **twice**.' });
  await expect(page.getByText('Read twice.')).toBeVisible();
  await page.getByText('Instructions', { exact: true }).click();
  await expect(page.getByText('Read twice.')).toBeHidden();
  await cancelTask(first.taskId);
  const second = await openTask({ instructions: 'Read **twice**.' });
  await expect(page.getByText('Read twice.')).toBeHidden();
  await cancelTask(second.taskId);
  const third = await openTask({ instructions: 'Read **three times**.' });
  await expect(page.getByText('Read three times.')).toBeVisible();
  await cancelTask(third.taskId);
});

test('keys pressed twice hand in one answer', async ({ page, openTask }) => {
  const { taskId } = await openTask({ output_schema: NOTES });
  await page.getByLabel('Notes').fill('Once');
  await page.keyboard.press('Control+Enter');
  await page.keyboard.press('Control+Enter');
  await expect(page).toHaveURL(/\/work$/);
  expect(await outputOf(taskId)).toEqual({
    status: 'verified',
    output: { notes: 'Once' },
    votes: 1,
  });
});

test('two tabs give one answer, and the second says what became of it', async ({
  page,
  context,
  openTask,
}) => {
  const { taskId, assignmentId } = await openTask({ output_schema: NOTES });
  const other = await context.newPage();
  // This tab gets no updates from the first, like with a bad connection.
  await other.route(/changes/, (route) => route.abort());
  await other.goto(`/work/tasks/${assignmentId}`);
  await expect(other.getByLabel('Notes')).toBeVisible();
  await page.getByLabel('Notes').fill('From the first tab');
  const reply = page.waitForResponse(/assignments\.submit/);
  await page.getByRole('button', { name: 'Submit', exact: true }).click();
  await expect(page).toHaveURL(/\/work$/);
  await reply;
  const submitted = trpc(other, 'assignments.submit', {
    assignmentId,
    output: { notes: 'From the second tab' },
  });
  await expect(submitted).rejects.toThrow(/already submitted|has ended/);
  await other.reload();
  await expect(other.getByRole('heading', { level: 1 })).toHaveText(
    /Your answer is on its way|Submitted/,
  );
  await other.close();
  expect(await outputOf(taskId)).toMatchObject({ output: { notes: 'From the first tab' } });
});

test('a task cancelled while it is open says so at once and keeps the text', async ({
  page,
  openTask,
}) => {
  const { taskId } = await openTask({ output_schema: NOTES });
  await page.getByLabel('Notes').fill('Worth keeping');
  await expect(page.getByText('Draft saved')).toBeVisible();
  await cancelTask(taskId);
  await expectOver(page, 'Worth keeping');
});

test('a task whose time runs out while it is open says so and keeps the text', async ({
  page,
  openTask,
}) => {
  test.setTimeout(120_000);
  const { assignmentId } = await openTask({ output_schema: NOTES, sla_seconds: 30 });
  await page.getByLabel('Notes').fill('Too slow');
  await expect(page.getByText(/Hurry up|Submit now/)).toBeVisible({ timeout: 35_000 });
  await expectOver(page, 'Too slow');
  const late = trpc(page, 'assignments.submit', { assignmentId, output: { notes: 'Late' } });
  await expect(late).rejects.toThrow(/has ended/);
});

async function expectOver(page: Page, text: string): Promise<void> {
  await expect(page.getByRole('heading', { level: 1, name: /over|ran out|expired/ })).toBeVisible({
    timeout: 60_000,
  });
  await expect(page.getByText(text)).toBeVisible();
  await expect(page.getByRole('button', { name: 'Copy your draft' })).toBeVisible();
}

test('an answer written as JSON is checked like any other', async ({ page, openTask }) => {
  const { taskId } = await openTask({
    output_schema: {
      type: 'object',
      required: ['constructor'],
      properties: { constructor: { type: 'string', minLength: 3 } },
    },
  });
  await page.getByRole('button', { name: 'Write it as JSON' }).click();
  const answer = page.getByLabel('Answer as JSON');
  await answer.fill('{"constructor": "a",}');
  await page.getByRole('button', { name: 'Submit', exact: true }).click();
  await expect(page.getByRole('main').getByRole('alert')).toContainText('not JSON yet');
  await answer.fill('{"constructor": "a"}');
  await page.getByRole('button', { name: 'Submit', exact: true }).click();
  await expect(page.getByRole('main').getByRole('alert')).toContainText(
    'Write at least 3 characters.',
  );
  await expect(answer).toBeFocused();
  await page.getByText('What it has to fit').click();
  await expect(page.getByRole('region', { name: 'answer’s schema' })).toContainText('minLength');
  await answer.fill('{"constructor": "abc"}');
  await page.getByRole('button', { name: 'Submit', exact: true }).click();
  await expect(page).toHaveURL(/\/work$/);
  expect((await outputOf(taskId)).output).toEqual({ constructor: 'abc' });
});

test('a list is filled, ordered and shortened by keyboard alone', async ({ page, openTask }) => {
  const { taskId } = await openTask({
    output_schema: {
      type: 'object',
      required: ['steps'],
      properties: { steps: { type: 'array', items: { type: 'string' }, title: 'Steps' } },
    },
  });
  await page.getByRole('button', { name: 'Add an entry' }).focus();
  for (const word of ['one', 'two', 'three']) {
    await page.keyboard.press('Enter');
    // Adding an entry focuses it.
    await expect(page.locator('textarea:focus')).toHaveValue('');
    await page.keyboard.type(word);
    await page.getByRole('button', { name: 'Add another' }).focus();
  }
  await page.locator('textarea').last().focus();
  await page.keyboard.press('Alt+ArrowUp');
  await page.keyboard.press('Alt+ArrowUp');
  await expect(page.locator('textarea').first()).toHaveValue('three');
  await expect(page.locator('textarea').first()).toBeFocused();
  await page.getByRole('button', { name: 'Remove entry 2 of 3' }).focus();
  await page.keyboard.press('Enter');
  await expect(page.locator('textarea')).toHaveCount(2);
  await expect(page.locator('textarea:focus')).toHaveValue('two');
  await page.keyboard.press('Control+Enter');
  await expect(page).toHaveURL(/\/work$/);
  expect((await outputOf(taskId)).output).toEqual({ steps: ['three', 'two'] });
});
