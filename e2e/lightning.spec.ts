import { acceptOffer, callApi, goOnline, keepSession } from './instance';
import { type LineProcess, startLineProcess } from './line-process';
import { openOwnBilling } from './own-billing';
import type { BooksLine, LnbitsLine, PaidLine } from './serve-lnbits';
import { test } from './test';
import { trpc } from './trpc';
import { expect, expectVerified, newSkill, newWorker, openAs, taskFor } from './workers';

/** The full path of sats over a real LNbits: from a customer’s wallet to a worker’s. */

let wallets: LineProcess;
test.beforeAll(async () => {
  test.setTimeout(15 * 60_000);
  wallets = await startLineProcess('e2e/serve-lnbits.ts');
});
test.afterAll(() => wallets.stop());

test('sats come in by an invoice, pay for an answer, and leave to its worker’s invoice', async ({
  page,
  browser,
}) => {
  const first = JSON.parse(wallets.first) as LnbitsLine;
  test.skip('unavailable' in first, 'LNbits cannot be had here.');
  test.slow();
  await openOwnBilling(page);
  await page.getByRole('button', { name: 'Add funds' }).click();
  const dialog = page.getByRole('dialog', { name: 'Add funds' });
  await dialog.getByLabel('Amount').fill('5000');
  await page.keyboard.press('Enter');
  await expect(dialog.getByRole('img', { name: /QR code .* 5,000 sats/ })).toBeVisible();
  const invoice = dialog.getByTestId('invoice');
  await expect(invoice).toHaveText(/^lnbc/);
  await wallets.ask(`pay ${await invoice.textContent()}`);
  await expect(dialog.getByTestId('deposit-outcome')).toContainText('5,000 sats came in');

  const skill = newSkill();
  const worker = await newWorker(skill);
  const work = await openAs(browser, worker);
  await work.goto('/work/earnings');
  await work.getByRole('radio', { name: 'Keep it until I withdraw' }).click();
  await expect(work.getByText('Saved.')).toBeVisible();
  await work.goto('/work');
  await goOnline(work);
  const key = { name: 'Lightning', mode: 'live' };
  const { plaintext } = await trpc<{ plaintext: string }>(page, 'apiKeys.create', key);
  const made = await callApi(plaintext, 'POST', '/v1/tasks', taskFor(skill));
  expect(made.status, JSON.stringify(made.body)).toBe(201);
  await acceptOffer(work);
  await expect(work.getByRole('button', { name: 'Submit and next' })).toBeEnabled();
  await work.keyboard.press('1');
  await work.keyboard.press('y');
  await work.keyboard.press('Control+Enter');
  await expectVerified(String(made.body.id), { verdict: 'genuine', helpful: true }, plaintext);

  await work.goto('/work/earnings');
  await work.getByRole('button', { name: 'To an invoice' }).click();
  const paste = work.getByLabel('Lightning invoice');
  await paste.fill('lnbc1');
  await work.getByRole('button', { name: 'Send 321 sats' }).click();
  await expect(work.getByText('This is not a Lightning invoice.')).toBeVisible();
  const owed = JSON.parse(await wallets.ask('invoice 321')) as { invoice: string };
  await paste.fill(owed.invoice);
  await work.getByRole('button', { name: 'Send 321 sats' }).click();
  await expect(work.getByText('321 sats are on the way.')).toBeVisible();
  await expect(work.getByText(/^Preimage [0-9a-f]{64}$/)).toBeVisible();
  await work.context().close();

  const books = JSON.parse(await wallets.ask('books')) as BooksLine;
  expect(books).toEqual({
    ...{ house: 5_000 - 321, customer: 5_000, worker: 321, ledger: 5_000 - 321 },
  });
});

/** Calls the API without a key: with a token, or with nothing. */
async function call(method: 'GET' | 'POST', path: string, token: string | null, body?: object) {
  const response = await fetch(`${process.env.E2E_URL}${path}`, {
    method,
    headers: {
      'content-type': 'application/json',
      ...(token === null ? {} : { authorization: `L402 ${token}` }),
    },
    ...(body ? { body: JSON.stringify(body) } : {}),
  });
  const answer = (await response.json()) as Record<string, unknown>;
  return { status: response.status, answer, challenge: response.headers.get('www-authenticate') };
}

/** Requests a task without a key, pays with the customer's wallet, and creates it. */
async function buy(body: object): Promise<{ id: string; token: string }> {
  const asked = await call('POST', '/v1/tasks', null, body);
  expect(asked.status, JSON.stringify(asked.answer)).toBe(402);
  const [, macaroon, invoice] =
    /^L402 macaroon="(.+)", invoice="(.+)"$/.exec(asked.challenge ?? '') ?? [];
  const { preimage } = JSON.parse(await wallets.ask(`pay ${invoice}`)) as PaidLine;
  const token = `${macaroon}:${preimage}`;
  const made = await call('POST', '/v1/tasks', token, body);
  expect(made.status, JSON.stringify(made.answer)).toBe(201);
  return { id: String(made.answer.id), token };
}

const purchase = async (token: string) => (await call('GET', '/v1/l402', token)).answer;
const booksNow = async () => JSON.parse(await wallets.ask('books')) as BooksLine;

test('a wallet buys tasks without a key: one is answered, one expires and is paid back', async ({
  page,
  browser,
}) => {
  test.skip(
    'unavailable' in (JSON.parse(wallets.first) as LnbitsLine),
    'LNbits cannot be had here.',
  );
  test.slow();
  const before = await booksNow();
  await keepSession(page, 'operator');
  await page.goto('/ops/settings');
  const sold = page.getByRole('switch', { name: /Sell single live tasks over Lightning/ });
  await expect(sold).not.toBeChecked();
  await sold.click();
  await expect(page.getByText('Offered from now on.')).toBeVisible();
  await expect(page.getByRole('link', { name: 'Pay per task' })).toBeVisible();

  const skill = newSkill();
  const work = await openAs(browser, await newWorker(skill));
  const expiring = await buy(taskFor(skill, { sla_seconds: 30, risk_tier: 'low' }));
  const answered = await buy(taskFor(skill, { risk_tier: 'low' }));
  expect((await call('GET', `/v1/tasks/${answered.id}`, expiring.token)).status).toBe(404);
  await expect
    .poll(async () => (await purchase(expiring.token)).refund, { timeout: 90_000 })
    .toMatchObject({ status: 'ready', amount_sats: 354 });

  await goOnline(work);
  await acceptOffer(work);
  await expect(work.getByRole('button', { name: 'Submit and next' })).toBeEnabled();
  await work.keyboard.press('1');
  await work.keyboard.press('y');
  await work.keyboard.press('Control+Enter');
  const done = await call('GET', `/v1/tasks/${answered.id}?wait=60`, answered.token);
  expect(done.answer).toMatchObject({ status: 'verified', output: { verdict: 'genuine' } });
  expect(await purchase(answered.token)).toMatchObject({
    ...{ received_sats: 354, charged_sats: 354, refund: { status: 'none' } },
  });
  await work.context().close();

  const { refund } = (await purchase(expiring.token)) as { refund: { lnurl: string } };
  expect(JSON.parse(await wallets.ask(`withdraw ${refund.lnurl}`))).toEqual({ withdrawn: 354 });
  await expect
    .poll(async () => (await purchase(expiring.token)).refund, { timeout: 60_000 })
    .toMatchObject({ status: 'paid', amount_sats: 354 });
  const after = await booksNow();
  expect(after.customer).toBe(before.customer - 354);
  expect(after.house - before.house).toBe(after.ledger - before.ledger);

  await page.reload();
  await sold.click();
  await expect(page.getByText('Offered no longer.')).toBeVisible();
  expect((await call('POST', '/v1/tasks', null, taskFor(skill))).status).toBe(401);
});
