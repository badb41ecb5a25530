import { acceptOffer, goOnline } from './instance';
import { inspect } from './looks';
import { codeFrom } from './mail';
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

test('who has no password changes where payouts go by a code from an e-mail', async ({ page }) => {
  const worker = await newWorker(newSkill(), { withoutPassword: true });
  await signInAs(page, worker);
  await page.goto('/work/earnings');
  const takeAway = page.getByRole('button', { name: 'Take it away' });
  await takeAway.click();
  const code = page.getByLabel('Code from the e-mail');
  await expect(takeAway).toBeDisabled();
  await code.fill('12345678');
  await takeAway.click();
  await expect(page.getByText(/code is wrong or has expired/)).toBeVisible();
  await page.getByRole('button', { name: 'Send me a code' }).click();
  await expect(page.getByRole('button', { name: 'Send another code' })).toBeVisible();
  await inspect(page, 'earnings-code', 1);
  const mail = await codeFrom(page, worker.email);
  await page.goto('/work/earnings');
  await takeAway.click();
  await code.fill(mail);
  await takeAway.click();
  await expect(page.getByText('The address was taken away.')).toBeVisible();
  await expect(page.getByText('Payouts go to ada@wallet.example.')).toBeHidden();
});
