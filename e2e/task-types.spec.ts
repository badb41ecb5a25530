import { expect, type Page } from '@playwright/test';
import { callApi, choose, firstRun, keepSession } from './instance';
import { test } from './test';

const SCHEMA = {
  type: 'object',
  required: ['verdict'],
  properties: {
    verdict: { type: 'string', title: 'Is the coin real?', enum: ['real', 'fake'] },
    notes: { type: 'string' },
  },
};

let counter = 0;
const newType = () => `coin_${Date.now()}_${counter++}`;

async function save(type: string, body: object): Promise<void> {
  const response = await fetch(`${process.env.E2E_URL}/v1/task_types/${type}`, {
    method: 'PUT',
    headers: {
      Authorization: `Bearer ${firstRun().testKey}`,
      'Content-Type': 'application/json',
    },
    body: JSON.stringify(body),
  });
  expect(response.status).toBe(200);
}

async function open(page: Page, path: string): Promise<void> {
  await page.goto(`/dashboard/task-types${path}`);
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
}

const saveButton = (page: Page) => page.getByRole('button', { name: /^(Save|Create)$/ });

test.beforeEach(async ({ page }) => {
  test.slow();
  await keepSession(page, 'customer');
});

test('a type is made, tried, changed, compared and brought back', async ({ page }) => {
  const type = newType();
  await open(page, '');
  await page.getByRole('button', { name: 'New task type' }).click();
  await page.getByLabel('Name').fill('Not A Name');
  await page.getByRole('button', { name: 'Go on' }).click();
  await expect(page.getByText(/Use 1 to 128/)).toBeVisible();
  await page.getByLabel('Name').fill(type);
  await page.getByRole('button', { name: 'Go on' }).click();
  await expect(page.getByText('Not saved yet')).toBeVisible();

  await page.getByRole('textbox', { name: 'Title' }).fill('Coins');
  const schema = page.getByRole('textbox', { name: 'Answer schema', exact: true });
  await schema.click();
  await page.keyboard.insertText(JSON.stringify(SCHEMA));
  await expect(page.getByTestId('worker-preview').getByText('Is the coin real?')).toBeVisible();
  await page.getByRole('textbox', { name: 'Instructions' }).fill('Look at the **edge**.');
  await choose(page, 'Preview');
  await expect(page.getByLabel('Instructions as workers see them').locator('strong')).toHaveText(
    'edge',
  );
  await saveButton(page).click();
  await expect(page.getByText('Version 1', { exact: true })).toBeVisible();

  await page.getByRole('textbox', { name: 'Title' }).fill('Old coins');
  await saveButton(page).click();
  await expect(page.getByText('Version 2', { exact: true })).toBeVisible();

  await page.getByRole('tab', { name: /Versions/ }).click();
  const diff = page.getByTestId('version-diff');
  await expect(diff.locator('[data-kind="removed"]')).toContainText('Title: Coins');
  await expect(diff.locator('[data-kind="added"]')).toContainText('Title: Old coins');
  await page.getByRole('button', { name: 'Restore version 1' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Restore' }).click();
  await expect(page.getByRole('heading', { level: 1, name: 'Coins' })).toBeVisible();
  await expect(page.getByText('Version 3', { exact: true }).first()).toBeVisible();
});

test('two who edit at once: the second sees the other’s change, and loses nothing', async ({
  page,
}) => {
  const type = newType();
  await save(type, { title: 'Coins', output_schema: SCHEMA });
  await open(page, `/${type}`);
  await page.getByRole('textbox', { name: 'Title' }).fill('Mine');
  await save(type, { title: 'Theirs', output_schema: SCHEMA });
  await saveButton(page).click();
  const notice = page.getByRole('alert').filter({ hasText: 'while you were writing' });
  await expect(notice).toContainText('API key saved version 2');
  await expect(notice.locator('[data-kind="added"]')).toContainText('Title: Theirs');
  await expect(page.getByRole('textbox', { name: 'Title' })).toHaveValue('Mine');
  await notice.getByRole('button', { name: 'Save mine over it' }).click();
  await expect(page.getByText('Version 3', { exact: true })).toBeVisible();
  await expect(page.getByRole('heading', { level: 1, name: 'Mine' })).toBeVisible();
});

test('a rule can be written before the schema is checked', async ({ page }) => {
  const type = newType();
  await save(type, { title: 'Coins', output_schema: SCHEMA });
  // The check is never answered.
  await page.route('**/api/trpc/*tasks.checkSchema*', () => {});
  await open(page, `/${type}`);
  await page.getByRole('tab', { name: /Rules/ }).click();
  await page.getByRole('button', { name: 'Add a rule' }).click();
  await expect(page.getByRole('combobox', { name: 'Require 1: field' })).toHaveValue(
    'output.verdict',
  );
  await page.unrouteAll({ behavior: 'ignoreErrors' });
});

test('a rule is written in rows and tested on past answers before it applies', async ({ page }) => {
  const type = newType();
  const { testKey } = firstRun();
  await save(type, { title: 'Coins', output_schema: SCHEMA });
  for (const answer of [{ verdict: 'fake' }, { verdict: 'real' }]) {
    const { body } = await callApi(testKey, 'POST', '/v1/tasks', {
      type,
      payload: { coin: 'Obol' },
      payout_sats: 10,
      sandbox: { outcome: 'verified', answer },
    });
    const done = await callApi(testKey, 'GET', `/v1/tasks/${body.id}?wait=30`);
    expect(done.body.status).toBe('verified');
  }
  await open(page, `/${type}`);
  await page.getByRole('tab', { name: /Rules/ }).click();
  await page.getByRole('button', { name: 'Add a rule' }).click();
  await page.getByRole('textbox', { name: 'Name' }).fill('says_why');
  await page.getByRole('button', { name: 'Add a condition to when' }).click();
  await page.getByRole('combobox', { name: 'When 1: comparison' }).selectOption('is');
  await page.getByRole('combobox', { name: 'When 1: value' }).selectOption('fake');
  await page.getByRole('combobox', { name: 'Require 1: field' }).fill('output.notes');
  await page.keyboard.press('Escape');
  await page.getByRole('textbox', { name: 'Message to the worker' }).fill('Say why it is fake.');

  await page.getByRole('button', { name: 'Test the rules' }).click();
  const result = page.getByTestId('rule-test');
  await expect(result).toContainText('1 would pass');
  await expect(result).toContainText('1 would be rejected');
  await expect(result).toContainText('1 of which had been accepted');
  await expect(result).toContainText('Say why it is fake.');
  await expect(result.getByRole('link', { name: 'See the task' })).toHaveCount(1);

  await choose(page, 'JSON Logic');
  await expect(page.getByRole('textbox', { name: 'Require, of says_why' })).toContainText(
    'output.notes',
  );
  await saveButton(page).click();
  await expect(page.getByText('Version 2', { exact: true })).toBeVisible();
  const { body } = await callApi(testKey, 'GET', '/v1/task_types');
  const saved = (body.data as { type: string; rules: unknown }[]).find(
    (each) => each.type === type,
  );
  expect(saved?.rules).toEqual([
    {
      id: 'says_why',
      when: { '==': [{ var: 'output.verdict' }, 'fake'] },
      require: { '!!': [{ var: 'output.notes' }] },
      message: 'Say why it is fake.',
    },
  ]);
});

test('golds come in by the form, from a file all or none, and are retired', async ({ page }) => {
  const type = newType();
  await save(type, { title: 'Coins', output_schema: SCHEMA });
  await open(page, `/${type}/golds`);
  await expect(page.getByText('No golds of your own yet')).toBeVisible();

  await page.getByRole('button', { name: 'Add a gold' }).click();
  const payload = page.getByRole('textbox', { name: 'Payload', exact: true });
  await payload.click();
  await page.keyboard.press('ControlOrMeta+a');
  await page.keyboard.insertText('{"coin": "Obol"}');
  await page.getByText('Fake', { exact: true }).click();
  await page.getByRole('button', { name: 'Add it' }).click();
  await expect(page.getByTestId('gold')).toHaveCount(1);

  await page.getByRole('button', { name: 'Import', exact: true }).click();
  const file = (name: string, text: string) => ({
    name,
    mimeType: 'text/csv',
    buffer: Buffer.from(text),
  });
  const input = page.locator('input[type="file"]');
  await input.setInputFiles(
    file('bad.csv', 'payload.coin,expected.verdict\nMina,real\nStater,odd\nObol,fake'),
  );
  const preview = page.getByTestId('import-preview');
  await expect(preview).toContainText('1 of 3 rows are good; 2 must be mended first.');
  await expect(preview).toContainText('Line 3');
  await expect(preview).toContainText('already');
  await expect(page.getByRole('button', { name: 'Import', exact: true }).last()).toBeDisabled();
  await input.setInputFiles(
    file('good.csv', 'payload.coin,expected.verdict\nMina,real\nStater,fake'),
  );
  await page.getByRole('button', { name: 'Import 2' }).click();
  await expect(page.getByTestId('gold')).toHaveCount(3);

  await page.getByRole('button', { name: 'Retire: Obol' }).click();
  await expect(page.getByRole('button', { name: 'Bring back: Obol' })).toBeVisible();
  const download = page.waitForEvent('download');
  await page.getByRole('button', { name: 'Export' }).click();
  expect((await download).suggestedFilename()).toBe(`golds-${type}.jsonl`);
});

test('a verified task becomes a gold, its output the known answer', async ({ page }) => {
  const type = newType();
  const { testKey } = firstRun();
  await save(type, { title: 'Coins', output_schema: SCHEMA });
  const { body } = await callApi(testKey, 'POST', '/v1/tasks', {
    type,
    payload: { coin: 'Drachm' },
    payout_sats: 10,
    sandbox: { outcome: 'verified', answer: { verdict: 'fake', notes: 'Cast.' } },
  });
  await callApi(testKey, 'GET', `/v1/tasks/${body.id}?wait=30`);
  await page.goto(`/dashboard/tasks/${body.id}`);
  await page.getByRole('button', { name: 'More' }).click();
  await page.getByRole('menuitem', { name: 'Make a gold of it' }).click();
  await expect(page.getByText('A gold from a verified task')).toBeVisible();
  await page.getByRole('button', { name: 'Add it' }).click();
  const gold = page.getByTestId('gold');
  await expect(gold).toHaveCount(1);
  await gold.getByText('Drachm').first().click();
  await expect(gold.getByLabel('known answer').first()).toContainText('"verdict": "fake"');
});

test('deleting a type says what it means, and brings back what ships', async ({ page }) => {
  await save('image_moderation', { title: 'Our own pictures' });
  await open(page, '/image_moderation');
  await expect(page.getByRole('heading', { level: 1, name: 'Our own pictures' })).toBeVisible();
  await page.getByRole('button', { name: 'Delete' }).click();
  await expect(page.getByRole('dialog')).toContainText('Tasks made before keep their own schema');
  await page.getByRole('button', { name: 'Delete the type' }).click();
  await expect(page).toHaveURL(/task-types$/);
  await open(page, '/image_moderation');
  await expect(page.getByText('Ships with HumanRail')).toBeVisible();
});
