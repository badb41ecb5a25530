import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Cookie, expect, type Locator, type Page } from '@playwright/test';

export type Role = 'customer' | 'worker' | 'operator';

interface FirstRun {
  signIns: { role: Role; email: string; password: string }[];
  testKey: string;
  liveKey: string;
}

/** What the first start of the instance printed: who signs in, and with which keys. */
export function firstRun(): FirstRun {
  const folder = process.env.E2E_DATA_DIR ?? '.data';
  return JSON.parse(readFileSync(join(folder, 'first-run.json'), 'utf8')) as FirstRun;
}

export function accountOf(role: Role): { email: string; password: string } {
  const account = firstRun().signIns.find((each) => each.role === role);
  if (!account) throw new Error(`The instance has no ${role}.`);
  return account;
}

/** Calls the REST API, as an agent would. */
export async function callApi(
  key: string,
  method: 'GET' | 'POST',
  path: string,
  body?: unknown,
): Promise<{ status: number; body: Record<string, unknown> }> {
  const response = await fetch(`${process.env.E2E_URL}${path}`, {
    method,
    headers: { Authorization: `Bearer ${key}`, 'Content-Type': 'application/json' },
    body: body === undefined ? undefined : JSON.stringify(body),
  });
  return { status: response.status, body: (await response.json()) as Record<string, unknown> };
}

const sessions = new Map<Role, Cookie[]>();

/**
 * Signs in and waits for the first page behind it: through the form once for each role, and with
 * that session afterwards, since signing in by password is throttled.
 */
export async function signIn(page: Page, role: Role): Promise<void> {
  if (await keepSession(page, role)) await page.goto('/home');
  await expect(page).toHaveURL(/\/(dashboard|work|ops)/);
}

/** Sees that the page is signed in without opening another; true where it still has to be opened. */
export async function keepSession(page: Page, role: Role): Promise<boolean> {
  const session = sessions.get(role);
  if (session) {
    await page.context().addCookies(session);
    return true;
  }
  const { email, password } = accountOf(role);
  await page.goto('/sign-in');
  await page.getByLabel('E-mail').fill(email);
  await page.getByLabel('Password').first().fill(password);
  await page.getByRole('button', { name: 'Sign in' }).click();
  await expect(page).toHaveURL(/\/(dashboard|work|ops)/);
  const cookies = await page.context().cookies();
  sessions.set(
    role,
    cookies.filter(({ name }) => name.endsWith('session-token')),
  );
  return false;
}

/** The switch, once the page's own code is there: before, a key is heard by nobody. */
async function onlineSwitch(page: Page): Promise<Locator> {
  await expect(page.locator('[data-ready]')).toBeAttached();
  const online = page.getByRole('switch', { name: /^(Online|Offline)$/ });
  await expect(online).toBeEnabled();
  return online;
}

/** Brings the worker online and waits until the server knows. */
export async function goOnline(page: Page): Promise<void> {
  const online = await onlineSwitch(page);
  if (!(await online.isChecked())) await page.keyboard.press('o');
  await expect(online).toBeChecked();
}

/** Takes the worker offline, so that only what is claimed comes. */
export async function goOffline(page: Page): Promise<void> {
  const online = await onlineSwitch(page);
  if (await online.isChecked()) await page.keyboard.press('o');
  await expect(online).not.toBeChecked();
}

/** Accepts the task that is offered, once it is. */
export async function acceptOffer(page: Page): Promise<void> {
  await page
    .getByRole('link', { name: /^Accept / })
    .first()
    .click();
}

/**
 * Chooses one of a few that lie side by side, by keyboard: a press of the pointer is lost where the page
 * moves between its way down and its way up.
 */
export async function choose(page: Page, label: string): Promise<void> {
  const option = page.getByRole('radio', { name: label, exact: true });
  await option.press('Space');
  await expect(option).toBeChecked();
}

/** A question with a choice, a yes or no, and free text. */
export const REVIEW_TASK = {
  type: 'content_review',
  payload: {
    text: 'Is this **review** genuine?',
    content: 'Great product, 5 stars!\nArrived early.',
    product: { name: 'Kettle', price_eur: 39.9, photo_url: 'https://example.com/kettle.jpg' },
  },
  output_schema: {
    type: 'object',
    required: ['verdict', 'helpful'],
    properties: {
      verdict: { type: 'string', enum: ['genuine', 'ai_generated', 'uncertain'] },
      helpful: { type: 'boolean', title: 'Is it helpful to a buyer?' },
      notes: { type: 'string' },
    },
  },
  payout_sats: 500,
  sla_seconds: 300,
  skills_required: ['content_review'],
};
