import { randomUUID } from 'node:crypto';
import type { Page } from '@playwright/test';
import { keepSession } from './instance';
import { trpc } from './trpc';
import { expect } from './workers';

async function openBilling(page: Page): Promise<void> {
  await page.goto('/dashboard/billing');
  await expect(page.getByRole('heading', { level: 1, name: 'Billing' })).toBeVisible();
  await expect(page.locator('[data-ready]')).toBeAttached();
}

/** Opens the billing page of a new organization in live mode, as its owner; returns its name. */
export async function openOwnBilling(page: Page): Promise<string> {
  await keepSession(page, 'customer');
  const name = `Depositor ${randomUUID().slice(0, 8)}`;
  const made = await trpc<{ organizationId: string }>(page, 'organizations.create', { name });
  const url = String(process.env.E2E_URL);
  await page.context().addCookies([
    { name: 'humanrail-organization', value: made.organizationId, url },
    { name: 'humanrail-mode', value: 'live', url },
  ]);
  await openBilling(page);
  return name;
}
