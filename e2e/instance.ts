import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, type Locator, type Page } from '@playwright/test';
import { signInByRequest } from './sign-in-by-request';

export type Role = 'customer' | 'worker' | 'operator';

interface FirstRun {
  signIns: { role: Role; email: string; password: string }[];
  testKey: string;
  liveKey: string;
}

/** The sign-ins and keys printed by the instance's first start. */
export function firstRun(): FirstRun {
  const folder = process.env.E2E_DATA_DIR ?? '.data';
  return JSON.parse(readFileSync(join(folder, 'first-run.json'), 'utf8')) as FirstRun;
}

export function accountOf(role: Role): { email: string; password: string } {
  const account = firstRun().signIns.find((each) => each.role === role);
  if (!account) throw new Error(`The instance has no ${role}.`);
  return account;
}

/** Calls the REST API, like an agent. */
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

/** Opens the first page after signing in, with the role's session. */
export async function signIn(page: Page, role: Role): Promise<void> {
  await keepSession(page, role);
  await page.goto('/home');
  await expect(page).toHaveURL(/\/(dashboard|work|ops)/);
}

/** Signs the page in without opening one. */
export async function keepSession(page: Page, role: Role): Promise<void> {
  await page.context().addCookies([sessionCookie(await sessionOf(role))]);
}

/** The session of a demo account: created once, because signing in by password is throttled. */
export async function sessionOf(role: Role): Promise<string> {
  const name = `E2E_SESSION_${role.toUpperCase()}`;
  // In the environment, where the test processes find the set-up's result.
  process.env[name] ??= await signInByRequest(String(process.env.E2E_URL), accountOf(role));
  return process.env[name];
}

/** The cookie with a session. */
export function sessionCookie(session: string) {
  return {
    name: 'next-auth.session-token',
    value: session,
    url: String(process.env.E2E_URL),
    httpOnly: true,
    sameSite: 'Lax' as const,
  };
}

/** The switch, once the page is hydrated: before that, keys have no effect. */
async function onlineSwitch(page: Page): Promise<Locator> {
  await expect(page.locator('[data-ready]')).toBeAttached();
  const online = page.getByRole('switch', { name: /^(Online|Offline)$/ });
  await expect(online).toBeEnabled();
  return online;
}

/** Brings the worker online and waits until the server knows. */
export async function goOnline(page: Page): Promise<void> {
  const online = await onlineSwitch(page);
  if (!(await online.isChecked())) await turnSwitch(page);
  await expect(online).toBeChecked();
}

/** The switch moves immediately; the server is notified a moment later. */
async function turnSwitch(page: Page): Promise<void> {
  const told = page.waitForResponse(/workers\.setOnline/);
  await page.keyboard.press('o');
  await told;
}

/** Takes the worker offline, so that only claimed tasks arrive. */
export async function goOffline(page: Page): Promise<void> {
  const online = await onlineSwitch(page);
  if (await online.isChecked()) await turnSwitch(page);
  await expect(online).not.toBeChecked();
}

/** Waits for the offered task and accepts it. */
export async function acceptOffer(page: Page): Promise<void> {
  await page
    .getByRole('link', { name: /^Accept / })
    .first()
    .click();
}

/**
 * Chooses one of several options by keyboard: a click is lost if the page moves between mouse down
 * and mouse up.
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
