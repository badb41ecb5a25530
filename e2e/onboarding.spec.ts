import { expect, type Page } from '@playwright/test';
import { catalog } from '@/server/features/task-types/catalog';
import { keepSession } from './instance';
import { test } from './test';

const PASSWORD = 'a few plain words';
const reviews = catalog.find(({ type }) => type === 'content_review');
const TITLES: Record<string, string> = {
  genuine: 'Genuine',
  ai_generated: 'AI-generated',
  policy_violation: 'Policy violation',
};

async function signUpToWork(page: Page, name = 'Wren'): Promise<string> {
  const email = `wren-${Date.now()}-${Math.random().toString(36).slice(2)}@example.com`;
  await page.goto('/work/sign-up');
  await page.getByLabel('Your name').fill(name);
  await page.getByLabel('E-mail').fill(email);
  await page.getByLabel('Password').first().fill(PASSWORD);
  await page.getByRole('button', { name: 'Sign up', exact: true }).click();
  // Hashing a password takes time, and then a whole page loads.
  await expect(page.getByRole('heading', { level: 1, name: 'Set up your work' })).toBeVisible({
    timeout: 30_000,
  });
  return email;
}

async function chooseContentReview(page: Page): Promise<void> {
  await page.getByRole('checkbox', { name: 'Content review' }).check();
  await page.getByRole('button', { name: 'Save skills' }).click();
  await page.getByRole('link', { name: 'Take the quiz: Content review' }).click();
  await page.getByRole('button', { name: 'Begin' }).click();
  await expect(page.getByRole('heading', { name: 'question 1 of 5' })).toBeVisible();
}

/** The catalog's expected answer to the current question, or another one. */
async function answerQuestion(page: Page, position: number, right: boolean): Promise<void> {
  await expect(page.getByRole('heading', { name: `question ${position} of 5` })).toBeVisible();
  const material = page.getByRole('region', { name: 'What it is about' });
  const shown = (await material.textContent()) ?? '';
  const flat = (text: string) => text.replace(/\s+/g, ' ');
  const gold = reviews?.quiz.find(({ payload }) =>
    flat(shown).includes(flat(String(payload.content))),
  );
  if (!gold) throw new Error('The catalog does not know this question.');
  const { verdict, policy_areas } = gold.expected as { verdict: string; policy_areas: string[] };
  if (right) {
    await page.getByRole('radio', { name: TITLES[verdict] ?? '' }).check();
    for (const area of policy_areas) {
      const label = area.replace('_', ' ');
      await page.getByRole('checkbox', { name: new RegExp(`^${label}$`, 'i') }).check();
    }
  } else {
    await page.getByRole('radio', { name: 'Uncertain' }).check();
    await page.getByLabel('Notes').fill('I cannot tell which of them it is.');
  }
  await page.getByRole('button', { name: position === 5 ? 'Finish' : 'Next question' }).click();
}

test('somebody new signs up, passes a quiz, tries a task and comes to the queue', async ({
  page,
}) => {
  test.slow();
  await signUpToWork(page);
  await chooseContentReview(page);
  for (let position = 1; position <= 5; position++) {
    // A reload in the middle resumes at the same place.
    if (position === 3) {
      await expect(page.getByRole('heading', { name: 'question 3 of 5' })).toBeVisible();
      await page.reload();
    }
    await answerQuestion(page, position, position !== 2);
  }
  await expect(page.getByText('4 of 5 right; 4 are needed.')).toBeVisible();
  await expect(page.getByText('Content review is yours now')).toBeVisible();
  await page.getByRole('link', { name: 'Back to the steps' }).click();

  await page.getByRole('button', { name: 'Give it later' }).click();
  await expect(page.getByText('You give it later.')).toBeVisible();

  await page.getByRole('link', { name: 'Try a task: Content review' }).click();
  await expect(page.getByRole('heading', { name: 'Practice: Content review' })).toBeFocused();
  await page.keyboard.press('2');
  await page.keyboard.press('Control+Enter');
  await expect(page.getByText('Something else was expected')).toBeVisible();
  await expect(page.getByText(reviews?.practice.explanation ?? '')).toBeVisible();
  await page.getByRole('link', { name: 'Back to the steps' }).click();

  await expect(page.getByRole('heading', { name: 'Try a task (done)' })).toBeVisible();
  await page.getByRole('button', { name: 'Go to the queue' }).click();
  await expect(page.getByRole('heading', { level: 1, name: 'Queue' })).toBeVisible();
  await page.goto('/work/standing');
  await expect(page.getByText('Content review', { exact: true }).first()).toBeVisible();
});

test('a failed quiz says what was wrong and when the next try is, and gives no golds away', async ({
  page,
}) => {
  test.slow();
  const bodies: string[] = [];
  page.on('response', async (response) => {
    if (response.url().includes('/api/trpc')) bodies.push(await response.text().catch(() => ''));
  });
  await signUpToWork(page);
  await chooseContentReview(page);
  for (let position = 1; position <= 4; position++) await answerQuestion(page, position, false);
  const during = bodies.join('\n');
  for (const { explanation } of reviews?.quiz ?? []) expect(during).not.toContain(explanation);
  await answerQuestion(page, 5, false);
  await expect(page.getByText('Not passed', { exact: true })).toBeVisible();
  await expect(page.getByText('0 of 5 right; 4 are needed.')).toBeVisible();
  await expect(page.getByText(/The next try is allowed in (1 d|23 h)/)).toBeVisible();
  await expect(page.getByRole('button', { name: 'Begin' })).toHaveCount(0);
  await page.getByText('Question 1').click();
  await expect(page.getByText('Your answer', { exact: true }).first()).toBeVisible();
});

test('an address that cannot be paid is refused at its field', async ({ page }) => {
  await signUpToWork(page);
  const address = page.getByLabel('Lightning address');
  const save = page.getByRole('button', { name: 'Check and save' });
  await address.fill('not an address');
  await save.click();
  await expect(page.getByText('Use the form name@example.com')).toBeVisible();
  await address.fill('ada@10.0.0.1');
  await save.click();
  await expect(page.getByText('is not a public address')).toBeVisible();
  await address.fill('ada@127.0.0.1:9');
  await save.click();
  await expect(page.getByText('cannot be reached now')).toBeVisible();
});

test('a customer can become a worker with the same account', async ({ page }) => {
  await keepSession(page, 'operator');
  await page.goto('/work/sign-up');
  await expect(page.getByText('You are signed in as Demo operator')).toBeVisible();
});

test('where vetting is required a newcomer waits, and is let in by an operator', async ({
  page,
  browser,
}) => {
  test.slow();
  const desk = await (
    await browser.newContext({ baseURL: test.info().project.use.baseURL })
  ).newPage();
  await keepSession(desk, 'operator');
  await desk.goto('/ops/settings');
  const vetting = desk.getByRole('switch', { name: /wait for an operator/ });
  await vetting.click();
  await expect(vetting).toBeChecked();
  await expect(desk.getByText('Saved.')).toBeVisible();
  try {
    const email = await signUpToWork(page, 'Waiting Wren');
    await expect(page.getByText('Your application waits for an operator')).toBeVisible();
    await page.getByLabel('About you (optional)').fill('I judge coins for a living.');
    await page.getByRole('button', { name: 'Save', exact: true }).first().click();
    await expect(page.getByText('The operator reads it with your application.')).toBeVisible();
    await page.goto('/work');
    await expect(page.getByText('Until then no tasks come to you.')).toBeVisible();

    // Applications are live workers.
    const live = desk.getByRole('button', { name: 'Live', exact: true });
    await live.click();
    await expect(live).toHaveAttribute('aria-pressed', 'true');
    await desk.goto(`/ops/workers?state=waiting&search=${encodeURIComponent(email)}`);
    await desk.getByText('Waiting Wren').click();
    await expect(desk.getByText('“I judge coins for a living.”')).toBeVisible();
    await desk.getByLabel('Note on Waiting Wren').fill('Asked for a reference.');
    await desk.getByRole('button', { name: 'Note', exact: true }).click();
    await expect(desk.getByRole('list', { name: 'Notes on Waiting Wren' })).toContainText(
      'Asked for a reference.',
    );
    // The rest by keyboard: to the worker, select, approve, send.
    await desk.getByRole('heading', { level: 1, name: 'Workers' }).click();
    for (const key of ['j', 'x', 'a']) await desk.keyboard.press(key);
    await expect(desk.getByLabel('A word to the worker (optional)')).toBeFocused();
    await desk.keyboard.type('Welcome.');
    await desk.keyboard.press('Control+Enter');
    await expect(desk.getByText('Waiting Wren is let in.')).toBeVisible();
    await page.goto('/work/onboarding');
    await expect(page.getByText('Your application waits for an operator')).toHaveCount(0);
  } finally {
    await desk.goto('/ops/settings');
    await vetting.click();
    await expect(vetting).not.toBeChecked();
  }
});
