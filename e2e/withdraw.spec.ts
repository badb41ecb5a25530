import { acceptOffer, goOnline } from './instance';
import { test } from './test';
import { expect, expectVerified, newSkill, newWorker, sendTask, signInAs } from './workers';

test('earnings are kept until they are withdrawn', async ({ page }) => {
  test.slow();
  const skill = newSkill();
  const worker = await newWorker(skill);
  await signInAs(page, worker);
  await page.goto('/work/earnings');
  const keep = page.getByRole('radio', { name: 'Keep it until I withdraw' });
  await keep.click();
  await expect(keep).toBeChecked();
  await expect(page.getByText('Saved.')).toBeVisible();

  await page.goto('/work');
  await goOnline(page);
  const taskId = await sendTask(skill);
  await acceptOffer(page);
  await expect(page.getByRole('button', { name: 'Submit and next' })).toBeEnabled();
  await page.keyboard.press('1');
  await page.keyboard.press('y');
  await page.keyboard.press('Control+Enter');
  await expectVerified(taskId, { verdict: 'genuine', helpful: true });

  await page.goto('/work/earnings');
  await expect(page.getByText('Kept for you.')).toBeVisible();
  await page.getByRole('button', { name: 'Withdraw', exact: true }).click();
  await expect(page.getByText('321 sats are on the way.')).toBeVisible();
  await expect(page.getByRole('button', { name: 'Withdraw', exact: true })).toBeHidden();
  await expect(page.getByText('Internal rail')).toBeVisible();
  // Over the sum of what left, and at the payout.
  await expect(page.getByText('Paid', { exact: true })).toHaveCount(2);
});
