import { expect, type Page } from '@playwright/test';
import { cancelTask } from './held-task';
import { test } from './own-worker';

/**
 * The form as a screen reader presents it: the browser's accessibility tree in order, each object
 * by role, name, description and state.
 */
const SCHEMA = {
  type: 'object',
  required: ['verdict', 'safe', 'notes', 'tags'],
  properties: {
    verdict: {
      type: 'string',
      enum: ['genuine', 'fake'],
      title: 'Is it genuine?',
      description: 'Judge the words, not the writer.',
    },
    safe: { type: 'boolean', title: 'Is it safe?' },
    notes: { type: 'string', minLength: 5, description: 'Say why in a sentence.' },
    score: { type: 'integer', minimum: 1, maximum: 5 },
    seen_on: { type: 'string', format: 'date' },
    tags: {
      type: 'array',
      items: { type: 'string', enum: ['new', 'used'] },
      uniqueItems: true,
      minItems: 1,
    },
    serial: { anyOf: [{ type: 'string', maxLength: 20 }, { type: 'null' }] },
    parts: { type: 'array', items: { type: 'string' } },
  },
};

interface AxNode {
  nodeId: string;
  ignored: boolean;
  role?: { value: string };
  name?: { value: string };
  description?: { value: string };
  properties?: { name: string; value: { value?: unknown } }[];
  childIds?: string[];
}

const TOLD = new Set([
  'radiogroup',
  'group',
  'radio',
  'checkbox',
  'textbox',
  'spinbutton',
  'slider',
  'combobox',
  'Date',
  'button',
]);

/** The form as heard, one line per object. */
async function heard(page: Page): Promise<string[]> {
  const cdp = await page.context().newCDPSession(page);
  const { nodes } = (await cdp.send('Accessibility.getFullAXTree')) as { nodes: AxNode[] };
  const byId = new Map(nodes.map((node) => [node.nodeId, node]));
  const form = nodes.find((node) => node.role?.value === 'form' || isForm(node));
  const lines: string[] = [];
  const walk = (node: AxNode | undefined) => {
    if (!node) return;
    const role = node.role?.value ?? '';
    // A group without a name is not announced.
    const isSilent = role === 'group' && !node.name?.value;
    if (!node.ignored && TOLD.has(role) && !isSilent) lines.push(lineOf(role, node));
    // The parts of a date box are the browser's own.
    if (role === 'Date') return;
    for (const id of node.childIds ?? []) walk(byId.get(id));
  };
  walk(form);
  await cdp.detach();
  return lines;
}

function isForm(node: AxNode): boolean {
  return node.role?.value === 'region' && node.name?.value === 'Your answer';
}

function lineOf(role: string, node: AxNode): string {
  const state = (name: string) =>
    node.properties?.find((property) => property.name === name)?.value.value;
  return [
    role,
    `“${node.name?.value ?? ''}”`,
    node.description?.value ? `(${node.description.value})` : '',
    state('required') === true ? 'required' : '',
    state('invalid') === 'true' ? 'invalid' : '',
    state('checked') === 'true' ? 'checked' : '',
  ]
    .filter(Boolean)
    .join(' ');
}

test('the form says what it asks, what is wrong with it, and when time is short', async ({
  page,
  openTask,
}) => {
  test.setTimeout(120_000);
  const { taskId } = await openTask({ output_schema: SCHEMA, sla_seconds: 600 });
  expect(await heard(page)).toEqual([
    'radiogroup “Is it genuine?” (Judge the words, not the writer.) required',
    'radio “Genuine”',
    'radio “Fake”',
    'radiogroup “Is it safe?” required',
    'radio “Yes”',
    'radio “No”',
    'textbox “Notes” (Say why in a sentence.) required',
    'spinbutton “Score”',
    'slider “Score, as a slider”',
    'Date “Seen on”',
    'group “Tags (required)”',
    'checkbox “New”',
    'checkbox “Used”',
    'textbox “Serial”',
    'group “Parts”',
    'button “Add an entry”',
    'button “Write it as JSON”',
    'button “Submit”',
    'button “Submit and next”',
  ]);

  await test.step('faults are announced, described at their field, and the first has the cursor', async () => {
    await page.getByLabel('Notes').fill('No');
    await page.getByRole('button', { name: 'Submit', exact: true }).click();
    await expect(page.getByRole('alert').filter({ hasText: 'things to put right' })).toBeVisible();
    const lines = await heard(page);
    expect(lines).toContain(
      'radiogroup “Is it genuine?” (This is needed. Judge the words, not the writer.) required invalid',
    );
    expect(lines).toContain(
      'textbox “Notes” (Write at least 5 characters. Say why in a sentence.) required invalid',
    );
    expect(lines).toContain('group “Tags (required)” (Give at least one entry.)');
    expect(lines).toContain('button “Is it safe? This is needed.”');
    await expect(page.getByRole('radio', { name: 'Genuine' })).toBeFocused();
  });

  await test.step('a fault mended is no longer told', async () => {
    await page.keyboard.press('1');
    const lines = await heard(page);
    expect(lines).toContain(
      'radiogroup “Is it genuine?” (Judge the words, not the writer.) required',
    );
    expect(lines).toContain('radio “Genuine” checked');
  });

  await test.step('an added entry is announced, and the cursor is in it', async () => {
    await page.getByRole('button', { name: 'Add an entry' }).click();
    await expect(page.getByRole('status').filter({ hasText: 'Entry 1 added.' })).toBeAttached();
    await expect(page.locator('textarea:focus')).toHaveAccessibleName('Parts 1');
    await expect
      .poll(async () => (await heard(page)).join('\n'))
      .toContain('button “Remove entry 1 of 1”');
  });
  await cancelTask(taskId);
});

test.describe('with a clock of its own', () => {
  test.use({ ownContext: true });
  test('the clock is silent, and says politely when four fifths are gone', async ({
    page,
    openTask,
  }) => {
    await page.clock.install({ time: new Date() });
    const { taskId } = await openTask({ sla_seconds: 600 });
    await expect(page.getByRole('timer')).toHaveAttribute('aria-live', 'off');
    const words = page.getByRole('status').filter({ hasText: /left for this task/ });
    await expect(words).toHaveCount(0);
    await page.clock.fastForward(500_000);
    await expect(words).toHaveText(/^1 min \d+ s left for this task\.$/);
    await expect(page.getByText('Hurry up')).toBeVisible();
    await page.clock.fastForward(75_000);
    await expect(words).toHaveText(/^\d+ s left for this task\.$/);
    await cancelTask(taskId);
  });
});
