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

/** The code in the newest e-mail to an address that has one. */
export async function codeFrom(page: Page, to: string): Promise<string> {
  await page.goto('/mailbox');
  const isOfCode = { hasText: 'Your code for' };
  await page.getByRole('link').filter(isOfCode).filter({ hasText: to }).first().click();
  const mail = page.frameLocator('iframe[title^="E-mail: Your code for"]');
  const code = await mail
    .getByText(/^\d{8}$/)
    .first()
    .textContent();
  return code ?? '';
}
