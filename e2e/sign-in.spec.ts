import { expect, type Page } from '@playwright/test';
import { accountOf } from './instance';
import { followMail } from './mail';
import { test } from './test';

const PASSWORD = 'a few plain words';
const NEW_PASSWORD = 'another few words';

/** A new user, signed in on the dashboard. */
async function signUp(page: Page, name = 'Ada'): Promise<string> {
  const email = `${name.toLowerCase()}-${Date.now()}-${Math.floor(Math.random() * 1e6)}@example.com`;
  await page.goto('/sign-up');
  await page.getByLabel('Organization').fill(`${name}’s`);
  await page.getByLabel('Your name').fill(name);
  await page.getByLabel('E-mail').fill(email);
  await page.getByLabel('Password').first().fill(PASSWORD);
  await page.getByRole('button', { name: 'Create organization' }).click();
  await expect(page.getByRole('heading', { name: 'Overview' })).toBeVisible();
  return email;
}

async function signInAs(page: Page, email: string, password: string): Promise<void> {
  await page.getByLabel('E-mail').fill(email);
  await page.getByLabel('Password').first().fill(password);
  await page.getByRole('button', { name: 'Sign in' }).click();
}

test('a new address is confirmed from the mailbox, and the banner goes', async ({ page }) => {
  const email = await signUp(page);
  const banner = page.getByRole('status').filter({ hasText: `Confirm ${email}` });
  await expect(banner).toBeVisible();
  await banner.getByRole('button', { name: 'Send it again' }).click();
  await expect(page.getByText(`A link is on its way to ${email}`)).toBeVisible();
  await followMail(page, email, 'Confirm your address for HumanRail', 'Confirm address');
  await expect(page.getByRole('heading', { name: 'Your address is confirmed' })).toBeVisible();
  await page.getByRole('link', { name: 'Go on' }).click();
  await expect(page.getByRole('heading', { name: 'Overview' })).toBeVisible();
  await expect(page.getByText(`Confirm ${email}`)).toHaveCount(0);
});

test('a forgotten password is replaced by e-mail, and other browsers are out', async ({
  page,
  browser,
}) => {
  const email = await signUp(page);
  // Navigates away before its session ends; otherwise the page would notice and redirect to
  // sign-in.
  await page.goto('about:blank');
  const other = await (await browser.newContext()).newPage();
  await other.goto('/forgot-password');
  await other.getByLabel('E-mail').fill(email);
  await other.getByRole('button', { name: 'Send the link' }).click();
  await expect(other.getByText(`If there is an account with ${email}`)).toBeVisible();
  await followMail(other, email, 'Choose a new password for HumanRail', 'Choose a new password');
  await other.getByLabel('New password').fill('short');
  await other.getByRole('button', { name: 'Save and sign in' }).click();
  await expect(other.getByText('Use at least 12 characters')).toBeVisible();
  await other.getByLabel('New password').fill(NEW_PASSWORD);
  await other.getByRole('button', { name: 'Save and sign in' }).click();
  await expect(other.getByRole('heading', { name: 'Overview' })).toBeVisible();
  await other.goBack();
  await expect(other.getByRole('heading', { name: 'This link has expired' })).toBeVisible();

  // The browser signed in with the former password is redirected to sign-in, and back: by the
  // server, or by the page if its process did not know yet.
  await page.goto('/dashboard/tasks?mode=test');
  await expect(page).toHaveURL(/sign-in\?(over=1&)?next=(\/|%2F)dashboard(\/|%2F)tasks/);
  await signInAs(page, email, PASSWORD);
  await expect(page.getByRole('alert').filter({ hasText: 'do not fit together' })).toBeVisible();
  await signInAs(page, email, NEW_PASSWORD);
  await expect(page).toHaveURL(/dashboard\/tasks/);
  await other.context().close();
});

test('asking for a password says the same of an address nobody has', async ({ page }) => {
  const email = `nobody-${Date.now()}@example.com`;
  await page.goto('/forgot-password');
  await page.getByLabel('E-mail').fill(email);
  await page.getByRole('button', { name: 'Send the link' }).click();
  await expect(page.getByText(`If there is an account with ${email}`)).toBeVisible();
});

test('a link signs in once, without a password, and goes on to the page asked for', async ({
  page,
  browser,
}) => {
  const email = await signUp(page);
  const other = await (await browser.newContext()).newPage();
  await other.goto('/dashboard/billing');
  await other.getByRole('button', { name: 'E-mail me a link' }).click();
  await other.getByLabel('E-mail').fill(email);
  await other.getByRole('button', { name: 'Send the link' }).click();
  await expect(other.getByText('Check your inbox')).toBeVisible();
  await followMail(other, email, 'Your link to sign in to HumanRail', 'Sign in');
  const link = other.url();
  await other.getByRole('button', { name: 'Sign in' }).click();
  await expect(other).toHaveURL(/dashboard\/billing/);
  await other.goto(link);
  await expect(other.getByRole('heading', { name: 'This link has expired' })).toBeVisible();
  await other.context().close();
});

test('an owner renames the organization, founds another, and deletes it for good', async ({
  page,
}) => {
  await signUp(page, 'Grace');
  await page.goto('/dashboard/settings/organization');
  await page.getByLabel('Name of the organization').fill('Grace and sons');
  await page.getByRole('button', { name: 'Save name' }).click();
  await expect(page.getByRole('button', { name: 'Grace and sons', exact: true })).toBeVisible();

  await page.getByRole('button', { name: 'Grace and sons', exact: true }).click();
  await page.getByRole('menuitem', { name: 'New organization' }).click();
  await expect(page.getByRole('heading', { name: 'New organization' })).toBeVisible();
  await page.getByLabel('Organization').fill('Second');
  await page.getByRole('button', { name: 'Create organization' }).click();
  await expect(page.getByRole('button', { name: 'Second', exact: true })).toBeVisible();

  await page.goto('/dashboard/settings/organization');
  await page.getByRole('button', { name: 'Delete organization' }).click();
  const dialog = page.getByRole('dialog');
  const last = dialog.getByRole('button', { name: 'Delete for good' });
  await expect(last).toBeDisabled();
  await dialog.getByLabel('Type Second to go on').fill('second');
  await expect(last).toBeDisabled();
  await dialog.getByLabel('Type Second to go on').fill('Second');
  await last.click();
  await expect(page.getByRole('button', { name: 'Grace and sons', exact: true })).toBeVisible();
});

test('a session ended elsewhere is led to sign in by what it does next, and back', async ({
  page,
  browser,
}) => {
  const email = await signUp(page);
  const other = await (await browser.newContext()).newPage();
  await other.goto('/sign-in?next=/dashboard/settings/team');
  // The page's own requests after hydration; a later one would redirect before the click.
  const askedByItself = ['ledger.limits', 'team.invitations'].map((procedure) =>
    other.waitForResponse((response) => response.url().includes(procedure)),
  );
  await signInAs(other, email, PASSWORD);
  await expect(other.getByRole('heading', { name: 'Team' })).toBeVisible();
  await expect(other.getByRole('main').getByText(email, { exact: true })).toBeVisible();
  await expect(other.getByRole('progressbar')).toHaveCount(0);
  await Promise.all(askedByItself);

  await page.goto('/account');
  await expect(page.getByText('This one')).toBeVisible();
  await page.getByRole('button', { name: /^Sign out Chrome/ }).click();
  await expect(page.getByText('The session is signed out.')).toBeVisible();
  await expect(page.getByRole('button', { name: /^Sign out Chrome/ })).toHaveCount(0);

  // Another process may know of it only two seconds later.
  await other.waitForTimeout(2_500);
  await other.getByRole('button', { name: 'Invite' }).click();
  await other.getByRole('button', { name: 'Create link' }).click();
  await expect(other).toHaveURL(/sign-in\?over=1/);
  await expect(other.getByText('Your session has ended')).toBeVisible();
  await signInAs(other, email, PASSWORD);
  await expect(other.getByRole('heading', { name: 'Team' })).toBeVisible();
  await other.context().close();
});

test('password and address are changed in the account, by who knows the password', async ({
  page,
}) => {
  const email = await signUp(page);
  await page.goto('/account');
  await page.getByLabel('Current password').fill('not the password');
  await page.getByLabel('New password').fill(NEW_PASSWORD);
  await page.getByRole('button', { name: 'Change password' }).click();
  await expect(page.getByText('This is not your current password.')).toBeVisible();
  await expect(page.getByLabel('Current password')).toBeFocused();
  await page.getByLabel('Current password').fill(PASSWORD);
  await page.getByRole('button', { name: 'Change password' }).click();
  await expect(page.getByText('Your password is changed')).toBeVisible();

  const moved = `moved-${email}`;
  await page.getByRole('button', { name: 'Change', exact: true }).click();
  await page.getByLabel('New address').fill(moved);
  await page.getByLabel('Current password').first().fill(NEW_PASSWORD);
  await page.getByRole('button', { name: 'Send the link' }).click();
  await expect(page.getByText(`${moved} takes its place`)).toBeVisible();
  await followMail(page, moved, 'Confirm your address for HumanRail', 'Confirm address');
  await expect(page.getByRole('heading', { name: 'Your address is confirmed' })).toBeVisible();
  await page.goto('/account');
  await expect(page.getByText(moved, { exact: true })).toBeVisible();
});

// Every other form of such an address: server/features/accounts/schema.test.ts.
for (const next of ['//evil.example', '/%09/evil.example']) {
  test(`signing in does not lead to ${next}`, async ({ page }) => {
    await page.goto(`/sign-in?next=${next}`);
    const { email, password } = accountOf('customer');
    await signInAs(page, email, password);
    await expect(page.getByRole('heading', { name: 'Overview' })).toBeVisible();
    expect(new URL(page.url()).origin).toBe(new URL(process.env.E2E_URL ?? '').origin);
  });
}

test('ways to sign in that are not set up are not offered', async ({ page }) => {
  await page.goto('/sign-in');
  await expect(page.getByRole('button', { name: 'Sign in' })).toBeEnabled();
  await expect(page.getByRole('button', { name: /Continue with/ })).toHaveCount(0);
});

test('signing out everywhere ends this session too', async ({ page }) => {
  await signUp(page);
  await page.goto('/account');
  await page.getByRole('button', { name: 'Sign out everywhere' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Sign out everywhere' }).click();
  await expect(page.getByRole('heading', { name: 'Sign in' })).toBeVisible();
  await page.goto('/dashboard');
  await expect(page).toHaveURL(/sign-in/);
});
