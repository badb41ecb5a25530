import { spawnSync } from 'node:child_process';
import { expect, type Page } from '@playwright/test';
import { callApi, choose, firstRun, keepSession, REVIEW_TASK } from './instance';
import { test } from './test';

/** Enters text into an editor, like by hand. */
async function write(page: Page, label: string, text: string): Promise<void> {
  const editor = page.getByRole('textbox', { name: label, exact: true });
  await editor.click();
  await page.keyboard.press('ControlOrMeta+a');
  await page.keyboard.insertText(text);
}

async function open(page: Page, query = ''): Promise<void> {
  await page.goto(`/dashboard/playground${query}`);
  await expect(page.getByRole('textbox', { name: 'Payload', exact: true })).toBeVisible({
    timeout: 30_000,
  });
}

const SCHEMA = {
  type: 'object',
  required: ['colour'],
  properties: {
    colour: { type: 'string', title: 'Which colour is it?', enum: ['red', 'green'] },
  },
};

test.beforeEach(async ({ page }) => {
  test.slow();
  await keepSession(page, 'customer');
});

test('a template becomes a task of one’s own, with its form alive beside it, and is verified', async ({
  page,
}) => {
  await open(page);
  const preview = page.getByTestId('worker-preview');
  await page.getByRole('combobox', { name: 'Start from' }).selectOption('Sentiment and intent');
  await expect(preview.getByText('Does waiting until tomorrow do harm?')).toBeVisible();
  await expect(preview.getByText(/logged me out again/)).toBeVisible();

  await page.getByRole('textbox', { name: 'Type', exact: true }).fill('colour.check');
  await write(page, 'Payload', '{"picture": "A ripe tomato"}');
  await write(page, 'Answer schema', JSON.stringify(SCHEMA, null, 2));
  await expect(preview.getByText('Which colour is it?')).toBeVisible();
  await expect(preview.getByText('A ripe tomato')).toBeVisible();
  await expect(page.getByTestId('quote')).toContainText('sats');

  // The answer tried in the preview becomes the simulated workers' answer.
  await preview.getByText('Red', { exact: true }).click();
  await preview.getByRole('button', { name: 'Try this answer' }).click();
  await expect(preview.getByLabel('the answer you would get').first()).toContainText('"red"');
  await preview.getByRole('button', { name: 'Let the sandbox answer this' }).click();

  await page.getByRole('button', { name: 'Create in test' }).click();
  const followed = page.getByTestId('followed-task');
  await expect(followed.getByText('Verified', { exact: true })).toBeVisible({ timeout: 30_000 });
  await expect(followed.getByLabel('the verified answer').first()).toContainText('"red"');
  await followed.getByRole('link', { name: 'See the task' }).click();
  await expect(page).toHaveURL(/\/dashboard\/tasks\/[0-9a-f-]{36}/);
});

test('a fault is shown at its place, the last good form stays, and a reload keeps the draft', async ({
  page,
}) => {
  await open(page);
  const preview = page.getByTestId('worker-preview');
  await write(page, 'Answer schema', JSON.stringify(SCHEMA));
  await expect(preview.getByText('Which colour is it?')).toBeVisible();

  const wrong = { ...SCHEMA, properties: { colour: { type: 'strin', enum: ['red'] } } };
  await write(page, 'Answer schema', JSON.stringify(wrong, null, 2));
  const place = page.getByRole('button', { name: '/properties/colour/type' });
  await expect(place).toBeVisible();
  await expect(page.getByText(/a type must be array, boolean/).first()).toBeVisible();
  await expect(preview.getByText('Which colour is it?')).toBeVisible();
  await expect(preview.getByText('this is the last form that worked')).toBeVisible();
  await place.click();
  await expect(page.getByRole('textbox', { name: 'Answer schema', exact: true })).toBeFocused();

  await write(page, 'Answer schema', JSON.stringify({ ...SCHEMA, requird: ['colour'] }));
  await expect(page.getByText('did you mean "required"?').first()).toBeVisible();

  await write(page, 'Payload', '{"a": 1,}');
  await expect(page.getByText(/Line 1, column 9/).first()).toBeVisible();
  await expect(page.getByRole('button', { name: 'Create in test' })).toBeDisabled();

  await page.reload();
  await expect(page.getByRole('textbox', { name: 'Payload', exact: true })).toContainText(
    '{"a": 1,}',
  );
  await expect(page.getByRole('textbox', { name: 'Answer schema', exact: true })).toContainText(
    'requird',
  );
});

test('the keyboard gets into an editor and out again', async ({ page }) => {
  await open(page);
  await page.getByRole('textbox', { name: 'Type', exact: true }).focus();
  const payload = page.getByRole('textbox', { name: 'Payload', exact: true });
  for (
    let n = 0;
    n < 3 && !(await payload.evaluate((box) => box === document.activeElement));
    n++
  ) {
    await page.keyboard.press('Tab');
  }
  await expect(payload).toBeFocused();
  await page.keyboard.press('Tab');
  await expect(payload).not.toBeFocused();
});

test('the code is of exactly this request, in each language, and the shell command runs', async ({
  page,
}) => {
  await open(page);
  await page.getByRole('textbox', { name: 'Type', exact: true }).fill('code.check');
  const payload = { text: `it's "quoted" \`so\` $HOME`, none: null, yes: true };
  await write(page, 'Payload', JSON.stringify(payload));
  await write(page, 'Answer schema', JSON.stringify(SCHEMA));
  const code = (label: string) => page.getByLabel(`the ${label} that sends this request`).first();
  await expect(code('Python')).toContainText('"none": None');
  await expect(code('Python')).toContainText('"yes": True');
  await choose(page, 'TypeScript');
  await expect(code('TypeScript')).toContainText('none: null');
  await choose(page, 'Go');
  await expect(code('Go')).toContainText('"none": nil');
  await choose(page, 'curl');
  await expect(code('curl')).toContainText('$HUMANRAIL_API_KEY');

  const [command = ''] = ((await code('curl').textContent()) ?? '').split('\n\n#');
  const { stdout, stderr } = spawnSync('sh', ['-c', command], {
    encoding: 'utf8',
    env: { ...process.env, HUMANRAIL_API_KEY: firstRun().testKey },
  });
  const task = JSON.parse(stdout || '{}');
  expect(task, stderr).toMatchObject({ object: 'task', type: 'code.check', payload });
  expect(task.output_schema).toEqual(SCHEMA);
});

test('a task can be made again with another word', async ({ page }) => {
  const { testKey } = firstRun();
  const { body } = await callApi(testKey, 'POST', '/v1/tasks', {
    ...REVIEW_TASK,
    metadata: { order: 'A-77' },
    sandbox: { outcome: 'failed' },
  });
  await open(page, `?from=${body.id}`);
  await expect(page).toHaveURL(/playground$/);
  await expect(page.getByRole('textbox', { name: 'Payload', exact: true })).toContainText('Kettle');
  await page.getByText('For your program').click();
  await expect(page.getByRole('textbox', { name: 'Metadata', exact: true })).toContainText('A-77');
  await page.getByText('Sandbox script').click();
  await expect(page.getByRole('combobox', { name: 'Outcome' })).toHaveValue('failed');
});

test('the server’s word on a field stands at the field', async ({ page }) => {
  await open(page);
  await page.getByText('Skills and instructions').click();
  const skills = page.getByRole('combobox', { name: 'Skills' });
  await skills.fill('juggling');
  await skills.press('Enter');
  await expect(page.getByText(/juggling/).last()).toBeVisible();
  await expect(page.getByRole('alert').filter({ hasText: 'juggling' })).toBeVisible();
});
