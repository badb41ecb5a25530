import type { Page } from '@playwright/test';
import { acceptOffer, goOnline } from './instance';
import { picture } from './looks';
import { test } from './test';
import { expect, expectVerified, newSkill, newWorker, openAs, sendTask } from './workers';

const accept = (page: Page) => page.getByRole('link', { name: /^Accept / });
const submitAndNext = (page: Page) => page.getByRole('button', { name: 'Submit and next' });

test.describe('a worker’s day', () => {
  test.setTimeout(240_000);

  test('goes from sign-in to earnings by keyboard alone', async ({ page }) => {
    const skill = newSkill();
    const worker = await newWorker(skill);
    await page.goto('/sign-in');
    await page.getByLabel('E-mail').focus();
    await page.keyboard.type(worker.email);
    await page.keyboard.press('Tab');
    await page.keyboard.type(worker.password);
    await page.keyboard.press('Enter');
    await expect(page.getByRole('heading', { level: 1, name: 'Queue' })).toBeVisible();
    await expect(page.getByRole('switch', { name: 'Offline' })).toBeEnabled();
    await page.keyboard.press('o');
    await expect(page.getByRole('switch', { name: 'Online' })).toBeChecked();

    const taskId = await sendTask(skill);
    await expect(accept(page)).toBeVisible();
    await expect(page.getByRole('timer', { name: 'Time to accept' })).toHaveText(
      /^[1-6]?\d$|^1:00$/,
    );
    await expect(page.getByRole('status').filter({ hasText: 'A accepts, D declines' })).toHaveCount(
      1,
    );
    await picture(page, 'worker-day-offer');
    await page.keyboard.press('a');

    await expect(submitAndNext(page)).toBeEnabled();
    await page.keyboard.press('2');
    await page.keyboard.press('y');
    await picture(page, 'worker-day-task');
    await page.keyboard.press('Control+Enter');
    await expect(page.getByRole('heading', { level: 1, name: 'Queue' })).toBeVisible();
    await expectVerified(taskId, { verdict: 'ai_generated', helpful: true });

    await page.goto('/work/earnings');
    await expect(page.getByText('321 sats').first()).toBeVisible();
    await picture(page, 'worker-day-earnings');
  });

  test('fits a phone and a thumb', async ({ browser }) => {
    const skill = newSkill();
    const page = await openAs(browser, await newWorker(skill), {
      viewport: { width: 390, height: 844 },
      hasTouch: true,
      isMobile: true,
    });
    await page.locator('label', { hasText: 'Offline' }).first().tap();
    await expect(page.getByRole('switch', { name: 'Online' })).toBeChecked();
    const taskId = await sendTask(skill);
    await expect(accept(page)).toBeVisible();
    await picture(page, 'worker-day-phone-offer');
    for (const target of [accept(page), page.getByRole('button', { name: /^Decline / })]) {
      expect((await target.boundingBox())?.height).toBeGreaterThanOrEqual(44);
    }
    await accept(page).tap();
    await expect(submitAndNext(page)).toBeInViewport();
    expect((await submitAndNext(page).boundingBox())?.height).toBeGreaterThanOrEqual(44);
    await page.getByText('AI generated', { exact: true }).tap();
    await page.getByText('Yes', { exact: true }).tap();
    await picture(page, 'worker-day-phone-task');
    await submitAndNext(page).tap();
    await expect(page.getByRole('heading', { level: 1, name: 'Queue' })).toBeVisible();
    await expectVerified(taskId, { verdict: 'ai_generated', helpful: true });
    await page.getByRole('navigation', { name: 'Pages' }).getByText('Earnings').tap();
    await expect(page.getByText('321 sats').first()).toBeVisible();
    await picture(page, 'worker-day-phone-earnings');
    await page.context().close();
  });

  test('lets a declined offer go on to the next worker, at no cost', async ({ browser }) => {
    const skill = newSkill();
    const [first, second] = await Promise.all([
      newWorker(skill, { onCall: true }).then((worker) => openAs(browser, worker)),
      newWorker(skill).then((worker) => openAs(browser, worker)),
    ]);
    await goOnline(first);
    await goOnline(second);
    const taskId = await sendTask(skill);
    await expect(accept(first)).toBeVisible();
    await expect(accept(second)).toBeHidden();
    await first.keyboard.press('d');
    await expect(accept(first)).toBeHidden();
    await acceptOffer(second);
    await second.getByText('Genuine', { exact: true }).click();
    await second.getByText('No', { exact: true }).click();
    await submitAndNext(second).click();
    await expectVerified(taskId, { verdict: 'genuine', helpful: false });
    await first.goto('/work/standing');
    await expect(first.getByRole('heading', { level: 1, name: 'Standing' })).toBeVisible();
    await Promise.all([first.context().close(), second.context().close()]);
  });

  test('keeps an answer given without a connection, and sends it once, later', async ({
    browser,
  }) => {
    const skill = newSkill();
    const page = await openAs(browser, await newWorker(skill));
    await goOnline(page);
    const taskId = await sendTask(skill);
    await acceptOffer(page);
    await expect(submitAndNext(page)).toBeEnabled();
    await page.keyboard.press('1');
    await page.context().setOffline(true);
    await expect(page.getByText('No connection. What you write is saved')).toBeVisible();
    await page.keyboard.press('y');
    await page.keyboard.press('Control+Enter');
    await expect(page.getByRole('heading', { name: 'Saved on this device' })).toBeVisible();
    await picture(page, 'worker-day-offline');
    await page.context().setOffline(false);
    await expect(page.getByText('your answer was sent')).toBeVisible({ timeout: 30_000 });
    await expectVerified(taskId, { verdict: 'genuine', helpful: true });
    await page.goto('/work/history');
    const answers = page.getByRole('group').filter({ hasText: 'Worker day' });
    await expect(answers).toHaveCount(1);
    await page.context().close();
  });

  test('gives one answer where the reply to it was lost', async ({ browser }) => {
    const skill = newSkill();
    const page = await openAs(browser, await newWorker(skill));
    await goOnline(page);
    const taskId = await sendTask(skill);
    await acceptOffer(page);
    await expect(submitAndNext(page)).toBeEnabled();
    let sent = 0;
    await page.route('**/api/trpc/assignments.submit*', async (route) => {
      sent += 1;
      if (sent > 1) return route.continue();
      // The server accepts it; the page never gets the response.
      await route.fetch();
      await route.abort('connectionreset');
    });
    await page.keyboard.press('3');
    await page.keyboard.press('n');
    await page.keyboard.press('Control+Enter');
    await expect(page.getByRole('heading', { level: 1, name: 'Queue' })).toBeVisible();
    expect(sent).toBe(2);
    await expectVerified(taskId, { verdict: 'uncertain', helpful: false });
    await page.context().close();
  });
});
