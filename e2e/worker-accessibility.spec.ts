import { acceptOffer, callApi, firstRun, goOnline } from './instance';
import { inspect } from './looks';
import { test } from './test';
import { expect, newSkill, newWorker, openAs, sendTask } from './workers';

test('the worker’s pages in use have no fault of accessibility', async ({ browser }) => {
  test.setTimeout(120_000);
  const skill = newSkill();
  const page = await openAs(browser, await newWorker(skill), { reducedMotion: 'reduce' });
  const ids = [
    await sendTask(skill, { payout_sats: 1_000 }),
    await sendTask(skill, { payout_sats: 2_000, sla_seconds: 3_600 }),
  ];
  await goOnline(page);
  await expect(page.getByRole('link', { name: /^Accept / })).toBeVisible();
  await expect(page.getByRole('button', { name: /^Preview Worker day/ }).first()).toBeVisible();
  await inspect(page, 'queue-offer', 0);
  await page
    .getByRole('button', { name: /^Preview Worker day/ })
    .first()
    .click();
  await expect(page.getByRole('dialog').getByText('Is this review genuine?')).toBeVisible();
  await inspect(page, 'queue-preview', 1);
  await page.keyboard.press('Escape');
  await expect(page.getByRole('dialog')).toBeHidden();
  await page.keyboard.press('?');
  await expect(page.getByRole('dialog', { name: 'Keys' })).toBeVisible();
  await inspect(page, 'keys-sheet', 2);
  await page.keyboard.press('Escape');
  await expect(page.getByRole('dialog')).toBeHidden();

  await page.goto('/work/settings');
  await page.getByRole('button', { name: /^Change the key for: Accept/ }).click();
  await page.keyboard.press('d');
  await expect(page.getByText('already means')).toBeVisible();
  await inspect(page, 'settings-choosing', 3);

  await page.goto('/work');
  const offer = page.getByRole('link', { name: /^Accept / });
  await offer
    .or(page.getByRole('button', { name: /^Take / }).first())
    .first()
    .waitFor();
  if (await offer.isVisible()) await acceptOffer(page);
  else
    await page
      .getByRole('button', { name: /^Take / })
      .first()
      .click();
  await expect(page.getByRole('button', { name: 'Submit and next' })).toBeVisible();
  await page.keyboard.press('1');
  await page.keyboard.press('y');
  await page.context().setOffline(true);
  await page.keyboard.press('Control+Enter');
  await expect(page.getByRole('heading', { name: 'Saved on this device' })).toBeVisible();
  await inspect(page, 'kept', 4);
  for (const id of ids) await callApi(firstRun().liveKey, 'POST', `/v1/tasks/${id}/cancel`);
  await page.context().close();
});
