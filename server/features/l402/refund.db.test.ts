import { beforeEach, describe, expect, it } from 'vitest';
import { handleRefundClaim, handleRefundRequest } from '@/server/doors/lnurl-handler';
import { expireTask } from '@/server/features/tasks';
import { db } from '@/server/platform/db';
import { call } from '@/server/testing/call';
import { useTestDatabase } from '@/server/testing/database';
import { workerActor } from '@/server/testing/factories';
import { buy, challenge, paid, useOffering } from '@/server/testing/l402';
import { useTestClock } from '@/server/testing/use-test-clock';
import { lookUpDirectPayments } from '../payouts/rails/direct-payment';
import { sendRefund } from '../payouts/rails/refund';
import { refundLink } from './refund-link';

useTestDatabase();

const BODY = {
  type: 'refunded',
  payload: { question: 'Is it open?' },
  output_schema: { type: 'object', properties: { ok: { type: 'boolean' } } },
  payout_sats: 1_000,
  risk_tier: 'low',
};

const time = useTestClock();
const offering = useOffering();
beforeEach(async () => {
  await workerActor({ mode: 'live' });
});

type Headers = Record<string, string>;

const refundOf = async (headers: Headers) =>
  (await call('GET', '/v1/l402', { headers })).body.refund as Record<string, unknown>;

/** A paid task that has expired. */
async function expired() {
  const challenged = await challenge(BODY);
  const headers = paid(offering.wallet, challenged);
  const { id } = (await buy(headers, BODY)).body;
  time.advanceMs(601_000);
  await expireTask(String(id));
  const { paymentHash } = challenged;
  const deposit = await db.deposit.findUniqueOrThrow({ where: { paymentHash } });
  const { organizationId, id: depositId } = deposit;
  return { headers, organizationId, depositId, ...refundLink(depositId) };
}

const ask = async (secret: string) =>
  (await handleRefundRequest(new Request('http://localhost/'), secret)).json() as Promise<
    Record<string, unknown>
  >;

async function claim(secret: string, pr: string, k1 = secret) {
  const query = new URLSearchParams({ k1, pr });
  const request = new Request(`http://localhost/claim?${query}`);
  return (await handleRefundClaim(request, secret)).json() as Promise<Record<string, unknown>>;
}

const invoice = (sats: bigint) => offering.wallet.makeInvoice(sats).text;
const begun = () => db.directPayment.findFirstOrThrow({ orderBy: { id: 'desc' } });
const send = async () => sendRefund((await begun()).id);

describe('a refund', () => {
  it('of a task that expired gives all back to the wallet that asks, once', async () => {
    const { headers, secret } = await expired();
    const before = await refundOf(headers);
    expect(before).toMatchObject({ status: 'ready', amount_sats: 1_100 });
    expect(before.lnurl).toMatch(/^LNURL1[02-9AC-HJ-NP-Z]+$/);
    expect(await ask(secret)).toMatchObject({
      ...{ tag: 'withdrawRequest', k1: secret, maxWithdrawable: 1_100_000 },
    });
    const pr = invoice(1_100n);
    expect(await claim(secret, pr)).toEqual({ status: 'OK' });
    expect(await claim(secret, pr)).toEqual({ status: 'OK' });
    expect(await refundOf(headers)).toMatchObject({ status: 'sending', lnurl: null });
    expect(await claim(secret, invoice(1_100n))).toMatchObject({ status: 'ERROR' });
    await Promise.all([send(), send()]);
    expect(await refundOf(headers)).toMatchObject({ status: 'paid', amount_sats: 1_100 });
    expect(offering.wallet).toMatchObject({ asked: 1 });
    expect(await ask(secret)).toMatchObject({ status: 'ERROR', reason: /claimed/ });
    expect((await buy(headers, { ...BODY })).status).toBe(200);
  });

  it('is claimed by one of many at once', async () => {
    const { secret, depositId } = await expired();
    const claims = await Promise.all([1, 2, 3, 4].map(() => claim(secret, invoice(1_100n))));
    expect(claims.filter(({ status }) => status === 'OK')).toHaveLength(1);
    expect(await db.directPayment.count({ where: { depositId } })).toBe(1);
  });

  it('that fails can be claimed again', async () => {
    const { headers, secret } = await expired();
    offering.wallet.fate = 'fails';
    await claim(secret, invoice(1_100n));
    await send();
    expect(await refundOf(headers)).toMatchObject({ status: 'ready', amount_sats: 1_100 });
    offering.wallet.fate = 'pays';
    expect(await claim(secret, invoice(1_100n))).toEqual({ status: 'OK' });
    await send();
    expect(await refundOf(headers)).toMatchObject({ status: 'paid' });
  });

  it('whose answer was lost is looked up, and not sent again', async () => {
    const { headers, secret } = await expired();
    offering.wallet.fate = 'pays_silently';
    await claim(secret, invoice(1_100n));
    await send();
    expect(await refundOf(headers)).toMatchObject({ status: 'sending' });
    expect(await claim(secret, invoice(1_100n))).toMatchObject({ status: 'ERROR' });
    await lookUpDirectPayments();
    expect(await refundOf(headers)).toMatchObject({ status: 'paid' });
    expect(offering.wallet).toMatchObject({ asked: 1 });
  });

  it('that was cut off before it was sent is sent by the sweep', async () => {
    const { headers, secret } = await expired();
    await claim(secret, invoice(1_100n));
    time.advanceMs(61_000);
    await lookUpDirectPayments();
    expect(await refundOf(headers)).toMatchObject({ status: 'paid' });
  });

  it('may be less than there is; the payment’s cost comes out of the rest, which stays', async () => {
    const { headers, secret, organizationId } = await expired();
    const { minWithdrawable } = await ask(secret);
    expect(minWithdrawable).toBe((1_100 - 16) * 1_000);
    expect(await claim(secret, invoice(1_000n))).toMatchObject({ status: 'ERROR' });
    expect(await claim(secret, invoice(1_101n))).toMatchObject({ status: 'ERROR' });
    offering.wallet.feeSats = 6;
    const before = await available(organizationId);
    await claim(secret, invoice(1_090n));
    expect(await available(organizationId)).toBe(before - 1_100);
    await send();
    expect(await refundOf(headers)).toMatchObject({ status: 'paid', amount_sats: 1_090 });
    expect(await available(organizationId)).toBe(before - 1_096);
  });

  it('of what was paid and made no task leaves none to be made', async () => {
    const challenged = await challenge(BODY);
    const headers = paid(offering.wallet, challenged);
    expect(await refundOf(headers)).toMatchObject({ status: 'ready', amount_sats: 1_100 });
    const { paymentHash } = challenged;
    const { id } = await db.deposit.findUniqueOrThrow({ where: { paymentHash } });
    const { secret } = refundLink(id);
    const [bought, claimed] = await Promise.all([
      buy(headers, BODY),
      claim(secret, invoice(1_100n)),
    ]);
    const isClaimed = claimed.status === 'OK';
    expect(bought.status).toBe(isClaimed ? 409 : 201);
    const refund = await refundOf(headers);
    expect(refund).toMatchObject({ status: isClaimed ? 'sending' : 'waiting' });
  });

  it.each(['', 'short', 'A'.repeat(43), 'ü'])('has a secret that is not %j', async (secret) => {
    expect(await ask(secret)).toMatchObject({ status: 'ERROR' });
    expect(await claim(secret, invoice(1_100n))).toMatchObject({ status: 'ERROR' });
  });

  it('goes to invoices of the main network, and with the secret it was asked with', async () => {
    const { secret, depositId } = await expired();
    expect(await claim(secret, 'lnbc1nothing')).toMatchObject({ reason: /no BOLT11/ });
    expect(await claim(secret, invoice(1_100n), 'another')).toMatchObject({ reason: /k1/ });
    expect(await db.directPayment.count({ where: { depositId } })).toBe(0);
  });
});

async function available(owner: string): Promise<number> {
  const where = { owner, kind: 'organization_available', mode: 'live' } as const;
  return Number((await db.account.findFirst({ where }))?.balance ?? 0n);
}
