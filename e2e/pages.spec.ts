import { expect, type Page } from '@playwright/test';
import { axeFaults } from './axe';
import {
  acceptOffer,
  callApi,
  firstRun,
  goOnline,
  keepSession,
  REVIEW_TASK,
  type Role,
} from './instance';
import { inspect } from './looks';
import { test } from './test';
import { newSkill, newWorker, sendTask, signInAs } from './workers';

const ONLINE = { name: /^(Online|Offline)$/ };
async function open(page: Page, path: string, heading: string | RegExp): Promise<void> {
  await page.goto(path);
  await expect(page.getByRole('heading', { level: 1, name: heading })).toBeVisible();
  await page.waitForLoadState('load');
}

/** Checks a page once all its data is loaded. */
async function lookAt(page: Page, name: string, turn: number): Promise<void> {
  await expect(page.getByRole('progressbar')).toHaveCount(0);
  await inspect(page, name, turn);
}

const PAGES: { role: Role | null; name: string; path: string; heading: string | RegExp }[] = [
  { role: null, name: 'home', path: '/', heading: 'Ask a person' },
  { role: null, name: 'sign-in', path: '/sign-in', heading: 'Sign in' },
  { role: null, name: 'sign-up', path: '/sign-up', heading: 'Create an organization' },
  { role: 'customer', name: 'overview', path: '/dashboard', heading: 'Overview' },
  { role: 'customer', name: 'tasks', path: '/dashboard/tasks', heading: 'Tasks' },
  { role: 'customer', name: 'insight', path: '/dashboard/insight', heading: 'Insight' },
  { role: 'customer', name: 'playground', path: '/dashboard/playground', heading: 'Playground' },
  { role: 'customer', name: 'task-types', path: '/dashboard/task-types', heading: 'Task types' },
  {
    role: 'customer',
    name: 'task-type',
    path: '/dashboard/task-types/sentiment_analysis',
    heading: 'Sentiment and intent',
  },
  { role: 'customer', name: 'own-reviews', path: '/dashboard/reviews', heading: 'Reviews' },
  { role: 'customer', name: 'people', path: '/dashboard/people', heading: 'People' },
  { role: 'customer', name: 'billing', path: '/dashboard/billing', heading: 'Billing' },
  { role: 'customer', name: 'webhooks', path: '/dashboard/settings/webhooks', heading: 'Webhooks' },
  { role: 'customer', name: 'team', path: '/dashboard/settings/team', heading: 'Team' },
  { role: 'customer', name: 'audit', path: '/dashboard/settings/audit', heading: 'Audit log' },
  { role: 'customer', name: 'api-keys', path: '/dashboard/settings/api-keys', heading: 'API keys' },
  { role: 'worker', name: 'queue', path: '/work', heading: 'Queue' },
  { role: null, name: 'work-sign-up', path: '/work/sign-up', heading: 'Sign up to work' },
  { role: 'worker', name: 'onboarding', path: '/work/onboarding', heading: 'Set up your work' },
  {
    role: 'worker',
    name: 'practice',
    path: '/work/onboarding/practice/document_verification',
    heading: 'Practice: Document verification',
  },
  { role: 'worker', name: 'earnings', path: '/work/earnings', heading: 'Earnings' },
  { role: 'worker', name: 'standing', path: '/work/standing', heading: 'Standing' },
  { role: 'operator', name: 'ops-overview', path: '/ops', heading: /needs? you/ },
  { role: 'operator', name: 'ops-system', path: '/ops/system', heading: 'System' },
  { role: 'operator', name: 'ops-workers', path: '/ops/workers', heading: 'Workers' },
  { role: 'operator', name: 'ops-settings', path: '/ops/settings', heading: 'Settings' },
  { role: 'worker', name: 'history', path: '/work/history', heading: 'History' },
  {
    role: null,
    name: 'forgot-password',
    path: '/forgot-password',
    heading: 'Choose a new password',
  },
  { role: 'customer', name: 'account', path: '/account', heading: 'Your account' },
  { role: 'customer', name: 'welcome', path: '/welcome', heading: 'New organization' },
  {
    role: 'customer',
    name: 'organization',
    path: '/dashboard/settings/organization',
    heading: 'Organization',
  },
  { role: null, name: 'mailbox', path: '/mailbox', heading: 'Mailbox' },
  { role: 'worker', name: 'work-settings', path: '/work/settings', heading: 'Settings' },
  { role: 'operator', name: 'reviews', path: '/ops/reviews', heading: 'Reviews' },
  { role: 'operator', name: 'ops-appeals', path: '/ops/appeals', heading: 'Appeals' },
  { role: 'operator', name: 'emails', path: '/ops/emails?show=templates', heading: 'E-mails' },
];

for (const [turn, { role, name, path, heading }] of PAGES.entries()) {
  test(`${name} is accessible and fits from phone to desk, light and dark`, async ({ page }) => {
    test.slow();
    if (role) await keepSession(page, role);
    await open(page, path, heading);
    // Until the worker's state is known, the switch is disabled.
    if (role === 'worker') await expect(page.getByRole('switch', ONLINE)).toBeEnabled();
    await lookAt(page, name, turn);
  });
}

test('a task’s page is accessible and fits from phone to desk, light and dark', async ({
  page,
}) => {
  test.slow();
  const { testKey } = firstRun();
  const { body } = await callApi(testKey, 'POST', '/v1/tasks', REVIEW_TASK);
  await callApi(testKey, 'GET', `/v1/tasks/${body.id}?wait=30`);
  await keepSession(page, 'customer');
  await open(page, `/dashboard/tasks/${body.id}`, 'Content review');
  await expect(page.getByText('Consensus')).toBeVisible();
  await lookAt(page, 'task', 0);
});

test('the worker’s desk is accessible and fits from phone to desk, light and dark', async ({
  page,
}) => {
  test.slow();
  // A worker of its own: the demo's is at work in the specs that run beside this one.
  const skill = newSkill();
  await signInAs(page, await newWorker(skill));
  await goOnline(page);
  const taskId = await sendTask(skill);
  await acceptOffer(page);
  await expect(page.getByRole('button', { name: 'Submit and next' })).toBeVisible();
  await lookAt(page, 'desk', 1);
  await callApi(firstRun().liveKey, 'POST', `/v1/tasks/${taskId}/cancel`);
});

/** Pages that load data after rendering, and show a loading state. */
const WAITING = new Set(['playground', 'task-type', 'ops-workers', 'emails']);

test('pages are accessible while what they show is on its way', async ({ page }) => {
  test.slow();
  for (const { role, name, path, heading } of PAGES) {
    if (!role || !WAITING.has(name)) continue;
    await page.context().clearCookies();
    await keepSession(page, role);
    // No request of the page is answered.
    await page.route('**/api/trpc/**', () => {});
    await open(page, path, heading);
    await expect(page.getByRole('progressbar').first(), name).toBeVisible();
    expect(await axeFaults(page), name).toEqual([]);
    await page.unrouteAll({ behavior: 'ignoreErrors' });
  }
});
