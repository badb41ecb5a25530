import type { Page } from '@playwright/test';

/** Opens the newest e-mail to an address in the mailbox and follows its button. */
export async function followMail(
  page: Page,
  to: string,
  subject: string,
  button: string,
): Promise<void> {
  await page.goto('/mailbox');
  await page.getByRole('link').filter({ hasText: subject }).filter({ hasText: to }).first().click();
  await page
    .frameLocator(`iframe[title="E-mail: ${subject}"]`)
    .getByRole('link', { name: button })
    .click();
}
