import { type Page, test } from '@playwright/test';
import { axeFaults } from './axe';
import { acceptOffer, callApi, firstRun, goOnline } from './instance';
import { expect, newSkill, newWorker, openAs, sendTask } from './workers';

const WIDTHS = [390, 768, 1440];

/** Looks at the page as it is now, at each width: no fault, and nothing beside the screen. */
async function look(page: Page, name: string): Promise<void> {
  for (const width of WIDTHS) {
    await page.setViewportSize({ width, height: 900 });
    await expect
      .poll(() =>
        page.evaluate(
          () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
        ),
      )
      .toBe(0);
    await page.screenshot({ path: `test-results/screens/${name}-${width}.png` });
    expect(await axeFaults(page), `${name} at ${width} px`).toEqual([]);
  }
}

for (const scheme of ['light', 'dark'] as const) {
  test(`the worker’s pages in use have no fault of accessibility, in ${scheme} colours`, async ({
    browser,
  }) => {
    test.setTimeout(400_000);
    const skill = newSkill();
    const page = await openAs(browser, await newWorker(skill), {
      colorScheme: scheme,
      reducedMotion: 'reduce',
    });
    const ids = [
      await sendTask(skill, { payout_sats: 1_000 }),
      await sendTask(skill, { payout_sats: 2_000, sla_seconds: 3_600 }),
    ];
    await goOnline(page);
    await expect(page.getByRole('link', { name: /^Accept / })).toBeVisible();
    await expect(page.getByRole('button', { name: /^Preview Worker day/ }).first()).toBeVisible();
    await look(page, `queue-offer-${scheme}`);
    await page
      .getByRole('button', { name: /^Preview Worker day/ })
      .first()
      .click();
    await expect(page.getByRole('dialog').getByText('Is this review genuine?')).toBeVisible();
    await look(page, `queue-preview-${scheme}`);
    await page.keyboard.press('Escape');
    await expect(page.getByRole('dialog')).toBeHidden();
    await page.keyboard.press('?');
    await expect(page.getByRole('dialog', { name: 'Keys' })).toBeVisible();
    await look(page, `keys-sheet-${scheme}`);
    await page.keyboard.press('Escape');
    await expect(page.getByRole('dialog')).toBeHidden();

    await page.goto('/work/settings');
    await page.getByRole('button', { name: /^Change the key for: Accept/ }).click();
    await page.keyboard.press('d');
    await expect(page.getByText('already means')).toBeVisible();
    await look(page, `settings-choosing-${scheme}`);

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
    await look(page, `kept-${scheme}`);
    for (const id of ids) await callApi(firstRun().liveKey, 'POST', `/v1/tasks/${id}/cancel`);
    await page.context().close();
  });
}
