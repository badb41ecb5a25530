import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { sha256Hex } from '@/server/platform/crypto';
import { db } from '@/server/platform/db';
import { newId } from '@/server/platform/ids';
import { addRail } from '@/server/testing/add-rail';
import { useTestDatabase } from '@/server/testing/database';
import { brokenPayments } from '@/server/testing/invariants';
import { useLightning } from '@/server/testing/lightning';
import { type LnbitsDouble, startLnbitsDouble } from '@/server/testing/lnbits-double';
import { useTestClock } from '@/server/testing/use-test-clock';
import { createVerifiedTask } from '@/server/testing/verified-task';
import { reserveAttempt } from './begin-attempts';
import { ATTEMPTS_MAX } from './lifecycle';
import { testRail } from './rails/test-rail';
import { payAttempt, sendPayout } from './send-payout';

useTestDatabase();
const lightning = useLightning();

const time = useTestClock();

/** Payouts of one worker, each of a task of its own. */
async function payouts(count: number, name = `w${newId().slice(-8)}`) {
  const destination = lightning.wallet.addressOf(name);
  const made = await createVerifiedTask({ mode: 'live', rail: 'lightning', destination });
  const [workerId = ''] = made.workerIds;
  const ids = [...made.payoutIds];
  for (let n = 1; n < count; n++) {
    const next = await createVerifiedTask({ mode: 'live', workerIds: [workerId] });
    ids.push(...next.payoutIds);
  }
  return { name, workerId, taskId: made.taskId, payoutIds: ids };
}

/** Sends until nothing is left to do, letting the time pass that is asked for. */
async function sendUntilClosed(payoutId: string): Promise<void> {
  for (let n = 0; n < 60; n++) {
    const outcome = await sendPayout(payoutId);
    if (outcome.state === 'closed') return;
    time.advanceMs(outcome.delayMs);
  }
  throw new Error('The payout never closed.');
}

const payoutOf = (id: string) =>
  db.payout.findUniqueOrThrow({ where: { id }, include: { attempt: true } });
const triesOf = (payoutId: string) =>
  db.payoutAttempt.findMany({ where: { carried: { some: { payoutId } } }, orderBy: { id: 'asc' } });
const completions = (taskId: string) =>
  db.taskEvent.count({ where: { taskId, type: 'task.completed' } });
const timesPaid = () => [...lightning.wallet.paid.values()];

describe('a payment over Lightning', () => {
  it('is prepared before it is sent, proved by its preimage, and its fee is the platform’s', async () => {
    lightning.wallet.feeSats = 2;
    const { name, taskId, payoutIds } = await payouts(1);
    expect(await sendPayout(payoutIds[0] ?? '')).toEqual({ state: 'closed' });
    const { status, attempt } = await payoutOf(payoutIds[0] ?? '');
    expect(status).toBe('paid');
    expect(attempt).toMatchObject({ status: 'settled', feeSats: 2n, sentAt: expect.any(Date) });
    const preimage = Buffer.from(attempt?.preimage ?? '', 'hex');
    expect(sha256Hex(preimage)).toBe(attempt?.paymentHash);
    expect(lightning.wallet.received.get(name)).toBe(100);
    expect(await completions(taskId)).toBe(1);
    expect(await brokenPayments()).toEqual([]);
  });

  it('carries all that is due to a worker, once', async () => {
    const { name, payoutIds } = await payouts(5);
    await Promise.all(payoutIds.map(sendPayout));
    expect(await db.payout.count({ where: { id: { in: payoutIds }, status: 'paid' } })).toBe(5);
    expect(lightning.wallet.received.get(name)).toBe(500);
    expect(timesPaid()).toEqual([1]);
    expect(await brokenPayments()).toEqual([]);
  });

  it('whose answer was lost is looked up, and sent once', async () => {
    lightning.wallet.fate = 'pays_silently';
    const { name, payoutIds } = await payouts(2);
    const [lead = ''] = payoutIds;
    expect(await sendPayout(lead)).toEqual({ state: 'open', delayMs: 2_000 });
    await sendUntilClosed(lead);
    expect(await db.payout.count({ where: { id: { in: payoutIds }, status: 'paid' } })).toBe(2);
    expect(lightning.wallet).toMatchObject({ asked: 1 });
    expect(lightning.wallet.received.get(name)).toBe(200);
  });

  it('that never arrived is tried again only once its invoice has expired', async () => {
    lightning.wallet.fate = 'loses';
    lightning.wallet.expirySeconds = 600;
    const { payoutIds } = await payouts(1);
    const [id = ''] = payoutIds;
    await sendPayout(id);
    lightning.wallet.fate = 'pays';
    time.advanceMs(599_000);
    await sendPayout(id);
    expect(await payoutOf(id)).toMatchObject({ status: 'sending' });
    await sendUntilClosed(id);
    expect(await payoutOf(id)).toMatchObject({ status: 'paid' });
    expect((await triesOf(id)).map(({ status }) => status)).toEqual(['failed', 'settled']);
    expect(timesPaid()).toEqual([1]);
  });

  it('is waited for by its task for a minute, and no longer', async () => {
    lightning.wallet.fate = 'keeps_pending';
    const { taskId, payoutIds } = await payouts(1);
    const [id = ''] = payoutIds;
    await sendPayout(id);
    time.advanceMs(5_000);
    await sendPayout(id);
    expect(await completions(taskId)).toBe(0);
    time.advanceMs(61_000);
    await sendPayout(id);
    expect(await completions(taskId)).toBe(1);
    expect(await payoutOf(id)).toMatchObject({ status: 'sending' });
    expect(await brokenPayments()).toEqual([]);
  });

  it('that our own process cut off is no try: it is begun again, however often that happens', async () => {
    const { payoutIds } = await payouts(1);
    const [id = ''] = payoutIds;
    for (let n = 0; n < ATTEMPTS_MAX + 2; n++) {
      expect(await reserveAttempt(id)).not.toBeNull();
      time.advanceMs(61_000);
      await sendPayout(id);
      expect(await payoutOf(id)).toMatchObject({ status: 'pending', attempts: 0 });
      time.advanceMs(10_000);
    }
    await sendUntilClosed(id);
    expect(await payoutOf(id)).toMatchObject({ status: 'paid', attempts: 1 });
    expect(timesPaid()).toEqual([1]);
    expect(await brokenPayments()).toEqual([]);
  });

  it('to an address that gives an invoice twice is sent once', async () => {
    lightning.wallet.repeatsInvoice = true;
    const first = await payouts(1);
    await sendPayout(first.payoutIds[0] ?? '');
    const second = await payouts(1);
    await sendPayout(second.payoutIds[0] ?? '');
    expect(await payoutOf(second.payoutIds[0] ?? '')).toMatchObject({
      status: 'pending',
      failureReason: expect.stringContaining('already paid'),
    });
    expect(timesPaid()).toEqual([1]);
    expect(await brokenPayments()).toEqual([]);
  });
});

it('to an invoice that a rail was tried with is not sent once more', async () => {
  lightning.wallet.repeatsInvoice = true;
  const destination = lightning.wallet.addressOf('tried');
  const { id } = await db.rail.findFirstOrThrow({ where: { enabled: true } });
  const operator = { kind: 'operator', userId: newId(), mode: 'live' } as const;
  const tried = await testRail(operator, { id, key: newId(), destination });
  expect(tried.lastTest).toMatchObject({ status: 'settled' });
  const made = { mode: 'live', rail: 'lightning', destination, payoutSats: 1n } as const;
  const [payoutId = ''] = (await createVerifiedTask(made)).payoutIds;
  await sendPayout(payoutId);
  expect(await payoutOf(payoutId)).toMatchObject({
    status: 'pending',
    failureReason: expect.stringContaining('already paid'),
  });
  expect(timesPaid()).toEqual([1]);
  await db.directPayment.deleteMany();
});

describe('a process that dies', () => {
  it('before anything was sent leaves a payout that another attempt pays', async () => {
    const { name, payoutIds } = await payouts(1);
    const [id = ''] = payoutIds;
    const stalled = await reserveAttempt(id);
    await sendUntilClosed(id);
    expect(await payoutOf(id)).toMatchObject({ status: 'paid' });
    // It wakes up late: what it reserved was given up, so it may not send.
    if (stalled) expect(await payAttempt(stalled)).toBe(false);
    expect(lightning.wallet).toMatchObject({ asked: 1 });
    expect(lightning.wallet.received.get(name)).toBe(100);
  });
});

describe('with several rails', () => {
  let second: LnbitsDouble;
  beforeEach(async () => {
    second = await startLnbitsDouble();
    await addRail('second', second);
  });
  afterEach(() => second.stop());

  it.each(['fails', 'is_down', 'forbids'] as const)(
    'what the first one %s goes by the next',
    async (fate) => {
      lightning.wallet.fate = fate;
      const { payoutIds } = await payouts(1);
      const [id = ''] = payoutIds;
      await sendUntilClosed(id);
      const tries = await triesOf(id);
      expect(tries.at(-1)).toMatchObject({
        status: 'settled',
        rail: expect.stringMatching(/^second/),
      });
      expect(second).toMatchObject({ asked: 1 });
      expect(await brokenPayments()).toEqual([]);
    },
  );
});

it('without any rail a payout waits, its task does not, and it is no attempt', async () => {
  await db.rail.deleteMany();
  const { taskId, payoutIds } = await payouts(1);
  const [id = ''] = payoutIds;
  await sendPayout(id);
  time.advanceMs(301_000);
  await sendPayout(id);
  expect(await payoutOf(id)).toMatchObject({
    ...{ status: 'pending', attempts: 0 },
    failureReason: expect.stringContaining('No Lightning rail is set up'),
  });
  expect(await completions(taskId)).toBe(1);
});
