import type { Locator, Page } from '@playwright/test';
import { callApi, firstRun, goOnline } from './instance';
import { picture } from './looks';
import { test } from './test';
import { expect, newSkill, newWorker, openAs, sendTask, signInAs } from './workers';

const accept = (page: Page) => page.getByRole('link', { name: /^Accept / });
const submitAndNext = (page: Page) => page.getByRole('button', { name: 'Submit and next' });

/** Opens the sheet by its key: the layout hydrates before the page inside it handles keys. */
async function openSheet(page: Page): Promise<Locator> {
  const sheet = page.getByRole('dialog', { name: 'Keys' });
  await expect(async () => {
    await page.keyboard.press('?');
    await expect(sheet).toBeVisible({ timeout: 2_000 });
  }).toPass();
  return sheet;
}

test.describe('keys', () => {
  test.setTimeout(240_000);

  test('can be changed, not to one that is taken, and follow the worker', async ({
    page,
    browser,
  }) => {
    const skill = newSkill();
    const worker = await newWorker(skill);
    await signInAs(page, worker);
    const sheet = await openSheet(page);
    await sheet.getByRole('link', { name: 'Change keys' }).click();
    const change = page.getByRole('button', { name: 'Change the key for: Accept the first offer' });
    await change.click();
    await page.keyboard.press('d');
    await expect(page.getByText('already means “Decline the first offer”')).toBeVisible();
    await page.keyboard.press('Tab');
    await page.keyboard.press('g');
    await expect(
      page.getByRole('button', { name: 'Reset the key for: Accept the first offer' }),
    ).toBeVisible();
    await picture(page, 'worker-keys');

    const elsewhere = await openAs(browser, worker);
    await goOnline(elsewhere);
    await sendTask(skill);
    await expect(accept(elsewhere)).toBeVisible();
    await elsewhere.keyboard.press('a');
    await elsewhere.keyboard.press('?');
    await expect(
      elsewhere.getByRole('dialog', { name: 'Keys' }).getByText('G', { exact: true }),
    ).toBeVisible();
    await elsewhere.keyboard.press('Escape');
    await expect(elsewhere.getByRole('dialog')).toBeHidden();
    await elsewhere.keyboard.press('g');
    await expect(submitAndNext(elsewhere)).toBeEnabled();
    await elsewhere.context().close();

    await page.getByRole('button', { name: 'Reset all keys' }).click();
    await expect(page.getByRole('button', { name: 'Reset all keys' })).toBeDisabled();
  });

  test('turn the switch with no false notice of going offline, however late the server', async ({
    page,
  }) => {
    await signInAs(page, await newWorker(newSkill()));
    const sheet = await openSheet(page);
    await page.keyboard.press('Escape');
    await expect(sheet).toBeHidden();
    await expect(page.getByRole('switch', { name: 'Offline' })).toBeEnabled();
    const beats: string[] = [];
    page.on('request', (request) => {
      if (request.url().includes('workers.heartbeat')) beats.push(request.url());
    });
    let release = () => {};
    const held = new Promise<void>((resolve) => {
      release = resolve;
    });
    await page.route(/workers\.setOnline/, async (route) => {
      await held;
      await route.continue();
    });
    const arrived = page.waitForRequest(/workers\.setOnline/);
    await page.keyboard.press('o');
    await arrived;
    await expect(page.getByRole('switch', { name: 'Online' })).toBeChecked();
    // The page already shows online; the server would still respond offline.
    expect(beats).toEqual([]);
    release();
    await expect.poll(() => beats.length).toBeGreaterThan(0);
    await expect(page.getByText('You went offline')).toHaveCount(0);
    await expect(page.getByRole('switch', { name: 'Online' })).toBeChecked();
  });

  test('move through the list, preview, take and filter', async ({ page }) => {
    const skill = newSkill();
    await signInAs(page, await newWorker(skill));
    const first = await sendTask(skill, { sla_seconds: 900, payout_sats: 111 });
    const second = await sendTask(skill, { sla_seconds: 1_800, payout_sats: 222 });
    await expect(page.getByText('2 in all')).toBeVisible();
    // Up from nothing selects the last row; from the first it stays there.
    await expect(async () => {
      await page.keyboard.press('k');
      await page.keyboard.press('k');
      await expect(page.getByRole('button', { name: /^Preview .*111/ })).toBeFocused({
        timeout: 500,
      });
    }).toPass({ timeout: 10_000 });
    await page.keyboard.press('j');
    await page.keyboard.press('Enter');
    const preview = page.getByRole('dialog');
    await expect(preview.getByText('Is this review genuine?')).toBeVisible();
    await page.keyboard.press('Escape');
    await expect(preview).toBeHidden();
    await page.keyboard.press('/');
    await expect(page.getByRole('combobox', { name: 'Type' })).toBeFocused();
    await page.getByRole('combobox', { name: 'Pays at least' }).selectOption('100');
    await expect(page).toHaveURL(/min_sats=100/);
    await page.getByRole('combobox', { name: 'Order' }).selectOption('pay');
    await expect(page).toHaveURL(/order=pay/);
    await expect(page.getByRole('button', { name: /^Take / }).first()).toHaveAccessibleName(/222/);
    await page.reload();
    await expect(page.getByRole('button', { name: /^Take / }).first()).toHaveAccessibleName(/222/);
    await page.getByRole('heading', { level: 1 }).click();
    await page.keyboard.press('k');
    await page.keyboard.press('t');
    await expect(submitAndNext(page)).toBeEnabled();
    for (const id of [first, second]) {
      await callApi(firstRun().liveKey, 'POST', `/v1/tasks/${id}/cancel`);
    }
  });

  test('are held back beside unsent text, and can be turned off', async ({ page }) => {
    const skill = newSkill();
    const worker = await newWorker(skill);
    await signInAs(page, worker);
    const id = await sendTask(skill);
    await page
      .getByRole('button', { name: /^Take / })
      .first()
      .click();
    await expect(submitAndNext(page)).toBeEnabled();
    const online = page.getByRole('switch', { name: /^(Online|Offline)$/ }).first();
    await expect(online).not.toBeChecked();
    await page.getByLabel('Notes').fill('so no yes');
    // The worker assumes that the cursor is still in the text.
    await page.keyboard.press('Escape');
    await page.keyboard.press('n');
    const no = page.getByRole('radio', { name: 'No' });
    await expect(no).toBeFocused();
    await expect(no).not.toBeChecked();
    await page.getByRole('heading', { level: 1 }).click();
    await page.keyboard.press('o');
    await expect(page.getByText('Press O again: go online or offline.')).toBeVisible();
    await expect(online).toBeFocused();
    await expect(online).not.toBeChecked();
    await page.keyboard.press('o');
    await expect(online).toBeChecked();

    await page.goto('/work/settings');
    const single = page.getByRole('switch', { name: 'Keys without Ctrl or ⌘' });
    await single.click();
    await expect(single).not.toBeChecked();
    await page.reload();
    await expect(single).not.toBeChecked();
    await page.keyboard.press('o');
    await page.keyboard.press('?');
    await page.keyboard.press('q');
    await expect(single).toBeVisible();
    await expect(page.getByRole('dialog')).toBeHidden();
    await expect(online).toBeChecked();
    await page.screenshot({ path: 'test-results/screens/worker-single-keys.png', fullPage: true });
    await single.click();
    await expect(single).toBeChecked();
    await page.keyboard.press('?');
    await expect(page.getByRole('dialog', { name: 'Keys' })).toBeVisible();
    await callApi(firstRun().liveKey, 'POST', `/v1/tasks/${id}/cancel`);
  });
});
