import { beforeEach, describe, expect, it } from 'vitest';
import { claimTask } from '@/server/features/routing';
import { submitAnswer } from '@/server/features/tasks';
import { judgeTask } from '@/server/features/verification';
import type { WorkerActor } from '@/server/platform/actor';
import { db } from '@/server/platform/db';
import { call } from '@/server/testing/call';
import { useTestDatabase } from '@/server/testing/database';
import { createKey, createOrganization, workerActor } from '@/server/testing/factories';
import { buy, challenge, paid, useOffering } from '@/server/testing/l402';
import { useTestClock } from '@/server/testing/use-test-clock';
import { sweepDeposits } from '../deposits/sweep-deposits';
import { clearUnpaid } from './clear-unpaid';
import { getOffering, saveOffering } from './offering';

useTestDatabase();

const BODY = {
  type: 'pay_per_task',
  payload: { question: 'Is it open?' },
  output_schema: { type: 'object', required: ['ok'], properties: { ok: { type: 'boolean' } } },
  payout_sats: 100,
  risk_tier: 'low',
};

const time = useTestClock();
const offering = useOffering();
let worker: WorkerActor;
beforeEach(async () => {
  worker = await workerActor({ mode: 'live' });
});

async function answer(taskId: string): Promise<void> {
  const { assignmentId } = await claimTask(worker, { taskId });
  const startedAt = new Date(time.nowMs() - 20_000);
  await db.assignment.update({ where: { id: assignmentId }, data: { startedAt } });
  await submitAnswer(worker, { assignmentId, output: { ok: true } });
  expect(await judgeTask(taskId)).toBe('verified');
}

const purchase = async (headers: Record<string, string>) =>
  (await call('GET', '/v1/l402', { headers })).body;

describe('a task without a key', () => {
  it('is created once it is paid for, answered, and read by its token alone', async () => {
    const challenged = await challenge(BODY);
    expect(challenged.amountSats).toBe(110);
    const headers = paid(offering.wallet, challenged);
    const created = await buy(headers, BODY);
    expect([created.status, created.body.status, created.body.mode]).toEqual([
      ...[201, 'posted', 'live'],
    ]);
    const id = String(created.body.id);
    expect((await purchase(headers)).refund).toMatchObject({ status: 'waiting' });
    await answer(id);
    const read = await call('GET', `/v1/tasks/${id}`, { headers });
    expect(read.body).toMatchObject({ id, status: 'verified', output: { ok: true } });
    const events = await call('GET', `/v1/tasks/${id}/events`, { headers });
    expect(events.body).toMatchObject({ data: [{ type: 'task.created' }, {}, {}, {}, {}] });
    expect(await purchase(headers)).toMatchObject({
      ...{ amount_sats: 110, received_sats: 110, charged_sats: 110, task_id: id },
      refund: { status: 'none', amount_sats: 0, lnurl: null },
    });
    const other = paid(offering.wallet, await challenge(BODY));
    await buy(other, BODY);
    for (const [method, path] of [
      ['GET', `/v1/tasks/${id}`],
      ['GET', `/v1/tasks/${id}/events`],
      ['POST', `/v1/tasks/${id}/cancel`],
    ] as const) {
      expect((await call(method, path, { headers: other })).status, path).toBe(404);
    }
  });

  it('is one however often it is sent, also at once', async () => {
    const headers = paid(offering.wallet, await challenge(BODY));
    const made = await Promise.all([1, 2, 3].map(() => buy(headers, BODY)));
    expect(made.map(({ status }) => status).toSorted()).toEqual([200, 200, 201]);
    expect(new Set(made.map(({ body }) => body.id)).size).toBe(1);
    const [posting] = await db.posting.findMany({
      where: { kind: 'deposit' },
      orderBy: { createdAt: 'desc' },
    });
    expect(posting?.mode).toBe('live');
    expect((await buy(headers, { ...BODY, payout_sats: 99 })).body.error?.code).toBe(
      'l402_other_request',
    );
  });

  it('is not created before its rail says that it is paid for, whatever is sent', async () => {
    const challenged = await challenge(BODY);
    const { macaroon, paymentHash } = challenged;
    const authorization = `L402 ${macaroon}:${offering.wallet.preimageOf(paymentHash)}`;
    const early = await buy({ authorization }, BODY);
    expect([early.status, early.body.error?.code]).toEqual([503, 'payment_unconfirmed']);
    expect(early.headers.get('retry-after')).toBe('2');
    offering.wallet.receive(paymentHash);
    time.advanceMs(2_000);
    expect((await buy({ authorization }, BODY)).status).toBe(201);
  });

  it('needs the macaroon and the preimage of one invoice', async () => {
    const [one, two] = [await challenge(BODY), await challenge(BODY)];
    const preimage = offering.wallet.preimageOf(one.paymentHash);
    const cut = one.macaroon.slice(0, -8);
    for (const token of [
      `${two.macaroon}:${preimage}`,
      `${one.macaroon}:${'0'.repeat(64)}`,
      `${cut}:${preimage}`,
      one.macaroon,
      preimage,
    ]) {
      const refused = await buy({ authorization: `L402 ${token}` }, BODY);
      expect([refused.status, refused.body.error?.code], token).toEqual([
        ...[401, 'invalid_l402_token'],
      ]);
      expect(JSON.stringify(refused.body)).not.toContain(preimage);
    }
    expect((await call('GET', '/v1/l402')).status).toBe(401);
  });

  it('is refused before anything is to be paid where no create would do', async () => {
    const before = await db.deposit.count();
    const refusals = [
      [{ ...BODY, payout_sats: -1 }, 400],
      [{ ...BODY, callback_url: 'https://example.com/hook' }, 400],
      [{ ...BODY, skills_required: ['nobody_has_it'] }, 422],
    ] as const;
    for (const [body, status] of refusals) {
      expect((await call('POST', '/v1/tasks', { body })).status).toBe(status);
    }
    expect(await db.deposit.count()).toBe(before);
  });

  it('costs no more than was paid: where the price went up, the sats come back', async () => {
    const headers = paid(offering.wallet, await challenge(BODY));
    const { organization } = await getOffering(offering.operator);
    await db.deposit.updateMany({
      where: { organizationId: organization?.id ?? '', status: 'open' },
      data: { amountSats: 109n },
    });
    offering.wallet.incoming.forEach((invoice) => {
      invoice.amountMsats = 109_000;
    });
    const refused = await buy(headers, BODY);
    expect([refused.status, refused.body.error?.code]).toEqual([409, 'l402_price_changed']);
    expect((await purchase(headers)).refund).toMatchObject({ status: 'ready', amount_sats: 109 });
  });

  it('is not offered with a key, a wrong key, or by other operations', async () => {
    const key = `ek_live_${'0'.repeat(40)}`;
    expect((await call('POST', '/v1/tasks', { key, body: BODY })).status).toBe(401);
    const organization = await createOrganization();
    const { text } = await createKey(organization, 'live');
    expect((await call('POST', '/v1/tasks', { key: text, body: BODY })).status).toBe(201);
    const headers = paid(offering.wallet, await challenge(BODY));
    for (const path of ['/v1/tasks', '/v1/balance', '/v1/webhooks', '/v1/usage']) {
      expect((await call('GET', path, { headers })).status, path).toBe(401);
      expect((await call('GET', path)).status, path).toBe(401);
    }
  });

  it('is not offered once operators say so, nor without a rail; what was bought stays', async () => {
    const headers = paid(offering.wallet, await challenge(BODY));
    const id = String((await buy(headers, BODY)).body.id);
    const { organization } = await saveOffering(offering.operator, { enabled: false });
    expect((await call('POST', '/v1/tasks', { body: BODY })).status).toBe(401);
    expect((await call('GET', `/v1/tasks/${id}`, { headers })).status).toBe(200);
    expect(await saveOffering(offering.operator, { enabled: true })).toMatchObject({
      organization,
    });
    await db.rail.updateMany({ data: { enabled: false } });
    expect((await call('POST', '/v1/tasks', { body: BODY })).status).toBe(401);
    expect(await getOffering(offering.operator)).toMatchObject({
      enabled: true,
      hasLightning: false,
    });
  });

  it('leaves nothing of invoices that nobody paid, a week after they expired', async () => {
    const unpaid = await challenge(BODY);
    const bought = await challenge(BODY);
    await buy(paid(offering.wallet, bought), BODY);
    const left = async () => {
      const wanted = [unpaid.paymentHash, bought.paymentHash];
      const rows = await db.deposit.findMany({ where: { paymentHash: { in: wanted } } });
      return rows.map(({ paymentHash }) => paymentHash);
    };
    time.advanceMs(26 * 3_600_000);
    await sweepDeposits();
    await clearUnpaid();
    expect(await left()).toHaveLength(2);
    time.advanceMs(7 * 24 * 3_600_000);
    await clearUnpaid();
    expect(await left()).toEqual([bought.paymentHash]);
  });

  it('is set up by operators alone', async () => {
    const member = { kind: 'system' } as const;
    await expect(saveOffering(member, { enabled: true })).rejects.toMatchObject({ status: 403 });
    await expect(getOffering(member)).rejects.toMatchObject({ status: 403 });
  });
});
