import type { Page } from '@playwright/test';
import { acceptOffer, callApi, firstRun, goOnline } from './instance';
import { picture } from './looks';
import { test } from './test';
import { expect, expectVerified, newSkill, newWorker, openAs, sendTask, signInAs } from './workers';

const accept = (page: Page) => page.getByRole('link', { name: /^Accept / });
const submitAndNext = (page: Page) => page.getByRole('button', { name: 'Submit and next' });

test.describe('two tabs', () => {
  test.setTimeout(240_000);

  test('of one worker show the same: presence, tasks, drafts, submission', async ({ page }) => {
    const skill = newSkill();
    await signInAs(page, await newWorker(skill));
    const other = await page.context().newPage();
    await other.goto('/work');
    await expect(other.getByRole('switch', { name: 'Offline' })).toBeEnabled();
    await goOnline(page);
    await expect(other.getByRole('switch', { name: 'Online' })).toBeChecked();

    const taskId = await sendTask(skill);
    await expect(accept(other)).toBeVisible();
    await acceptOffer(page);
    await expect(submitAndNext(page)).toBeEnabled();
    await other.getByRole('link', { name: 'Continue' }).click();
    await page.getByLabel('Notes').fill('From the first tab');
    await expect(other.getByLabel('Notes')).toHaveValue('From the first tab');
    await other.getByLabel('Notes').fill('From the second tab');
    await expect(page.getByLabel('Notes')).toHaveValue('From the second tab');
    await expect(page.getByText('Your answer was changed elsewhere')).toBeVisible();

    await other.getByText('Genuine', { exact: true }).click();
    await other.getByText('Yes', { exact: true }).click();
    await submitAndNext(other).click();
    await expect(page.getByRole('heading', { name: 'Your answer is on its way' })).toBeVisible();
    await expectVerified(taskId, {
      verdict: 'genuine',
      helpful: true,
      notes: 'From the second tab',
    });
    await expect(page.getByRole('heading', { level: 1, name: 'Submitted' })).toBeVisible();
  });

  test('of another device take over a draft, with a notice that brings the own one back', async ({
    browser,
  }) => {
    const skill = newSkill();
    const worker = await newWorker(skill);
    const desk = await openAs(browser, worker);
    await goOnline(desk);
    const taskId = await sendTask(skill);
    await acceptOffer(desk);
    await desk.getByLabel('Notes').fill('On the desk');
    await expect(desk.getByText('Draft saved')).toBeVisible();
    const phone = await openAs(browser, worker, { viewport: { width: 390, height: 844 } });
    await phone.goto(new URL(desk.url()).pathname);
    await expect(phone.getByLabel('Notes')).toHaveValue('On the desk');
    await phone.getByLabel('Notes').fill('On the phone');
    await expect(desk.getByLabel('Notes')).toHaveValue('On the phone');
    await desk.getByRole('button', { name: 'Bring mine back' }).click();
    await expect(desk.getByLabel('Notes')).toHaveValue('On the desk');
    await expect(phone.getByLabel('Notes')).toHaveValue('On the desk');

    await callApi(firstRun().liveKey, 'POST', `/v1/tasks/${taskId}/cancel`);
    for (const page of [desk, phone]) {
      await expect(page.getByRole('alert').filter({ hasText: 'cancelled' })).toBeVisible();
      await expect(page.getByText('What you had written')).toBeVisible();
      await expect(page.getByText('On the desk')).toBeVisible();
    }
    await picture(desk, 'worker-day-cancelled');
    await Promise.all([desk.context().close(), phone.context().close()]);
  });
});

test.describe('after the network was away', () => {
  test.setTimeout(240_000);

  test('offers are heard again by themselves, and what was set stays set', async ({ page }) => {
    const skill = newSkill();
    await signInAs(page, await newWorker(skill));
    await goOnline(page);
    await page.context().setOffline(true);
    await expect(page.getByText('No connection.')).toBeVisible();
    await page.context().setOffline(false);
    await expect(page.getByText('No connection.')).toBeHidden();
    await sendTask(skill);
    await expect(accept(page)).toBeVisible();
    await page.keyboard.press('d');
    await expect(accept(page)).toBeHidden();

    await page.goto('/work/settings');
    await page.getByRole('switch', { name: 'Sound' }).click();
    await expect(page.getByRole('switch', { name: 'Sound' })).not.toBeChecked();
    await page.reload();
    await expect(page.getByRole('switch', { name: 'Sound' })).not.toBeChecked();
  });
});

test.describe('the installed app', () => {
  test('has what installing asks for, and a page for when there is no network', async ({
    page,
  }) => {
    await signInAs(page, await newWorker(newSkill()));
    const href = await page.locator('link[rel="manifest"]').getAttribute('href');
    const manifest = await (await page.request.get(String(href))).json();
    expect(manifest).toMatchObject({ start_url: '/work', display: 'standalone' });
    for (const { src, sizes } of manifest.icons as { src: string; sizes: string }[]) {
      const picture = await page.evaluate(async (url) => {
        const image = new Image();
        image.src = url;
        await image.decode();
        return `${image.naturalWidth}x${image.naturalHeight}`;
      }, src);
      expect(picture).toBe(sizes);
    }
    await page.evaluate(() => navigator.serviceWorker.ready);
    await page.reload();
    await expect
      .poll(() => page.evaluate(() => navigator.serviceWorker.controller !== null))
      .toBe(true);
    const kept = await page.evaluate(async () => {
      const urls: string[] = [];
      for (const name of await caches.keys()) {
        for (const request of await (await caches.open(name)).keys()) urls.push(request.url);
      }
      return urls.map((url) => new URL(url).pathname);
    });
    expect(kept.every((path) => /^\/(offline|icons)\//.test(path))).toBe(true);
    await page.context().setOffline(true);
    await page.goto('/work/earnings').catch(() => undefined);
    await expect(page.getByRole('heading', { name: 'No connection' })).toBeVisible();
    await picture(page, 'worker-day-no-connection');
    await page.context().setOffline(false);
    await expect(page.getByRole('heading', { level: 1, name: 'Earnings' })).toBeVisible();
  });
});
