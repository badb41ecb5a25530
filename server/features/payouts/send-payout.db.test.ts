import { describe, expect, it } from 'vitest';
import { reconcile, workerBalance } from '@/server/features/ledger';
import { db, transaction } from '@/server/platform/db';
import { newId } from '@/server/platform/ids';
import { useTestDatabase } from '@/server/testing/database';
import { useTestClock } from '@/server/testing/use-test-clock';
import { createVerifiedTask } from '@/server/testing/verified-task';
import { requestOf } from './attempt';
import { reserveAttempt } from './begin-attempts';
import { createPayouts } from './create-payouts';
import { subscribers } from './jobs';
import { ATTEMPTS_MAX } from './lifecycle';
import { listPayouts, paidSats } from './queries';
import { sandboxRail } from './rails/sandbox';
import { lookUpAttempt, payAttempt, sendPayout } from './send-payout';
import { sweepPayouts } from './sweep-payouts';

useTestDatabase();

const time = useTestClock();

async function onePayout(destination?: string) {
  const { payoutIds, workerIds, taskId } = await createVerifiedTask({ destination });
  const [payoutId = '', workerId = ''] = [payoutIds[0], workerIds[0]];
  return { payoutId, workerId, taskId };
}

const statusOf = async (payoutId: string) =>
  (await db.payout.findUniqueOrThrow({ where: { id: payoutId } })).status;

/** How often sats really left for a payout, whatever our own books say. */
async function timesPaid(payoutId: string): Promise<number> {
  const attempts = await db.payoutAttempt.findMany({
    where: { carried: { some: { payoutId } } },
    select: { id: true },
  });
  const attemptIds = attempts.map(({ id }) => id);
  return db.railPayment.count({ where: { attemptId: { in: attemptIds }, status: 'paid' } });
}

const completions = (taskId: string) =>
  db.taskEvent.count({ where: { taskId, type: 'task.completed' } });

/** Sends until nothing is left to do, letting the time pass that is asked for. */
async function sendUntilClosed(payoutId: string): Promise<void> {
  for (let n = 0; n < 4 * ATTEMPTS_MAX; n++) {
    const outcome = await sendPayout(payoutId);
    if (outcome.state === 'closed') return;
    time.advanceMs(outcome.delayMs);
  }
  throw new Error('The payout never closed.');
}

describe('sending a payout', () => {
  it('pays the worker, closes the books and completes the task', async () => {
    const { payoutId, workerId, taskId } = await onePayout();
    expect(await sendPayout(payoutId)).toEqual({ state: 'closed' });
    expect(await statusOf(payoutId)).toBe('paid');
    const worker = { kind: 'worker', workerId, userId: newId(), mode: 'test' } as const;
    expect(await workerBalance(worker)).toEqual({ payableSats: 0, inFlightSats: 0 });
    expect(await paidSats(worker)).toBe(100);
    const { data } = await listPayouts(worker);
    expect(data).toMatchObject([{ id: payoutId, taskId, amountSats: 100, status: 'paid' }]);
    expect(await completions(taskId)).toBe(1);
    expect(await reconcile()).toMatchObject({ ok: true });
  });

  it('completes a task with its last payout, not before', async () => {
    const { payoutIds, taskId } = await createVerifiedTask({ workers: 2 });
    const [first = '', second = ''] = payoutIds;
    await sendPayout(first);
    expect(await completions(taskId)).toBe(0);
    await sendPayout(second);
    expect(await completions(taskId)).toBe(1);
  });

  it('completes a task once where its last payouts settle at the same time', async () => {
    const { payoutIds, taskId } = await createVerifiedTask({ workers: 5 });
    await Promise.all(payoutIds.map(sendPayout));
    expect(await completions(taskId)).toBe(1);
  });

  it('gives up at once where the destination is refused for good, owes the sats, and completes the task', async () => {
    const { payoutId, workerId, taskId } = await onePayout('refused@sandbox');
    expect(await sendPayout(payoutId)).toEqual({ state: 'closed' });
    expect(await db.payout.findUnique({ where: { id: payoutId } })).toMatchObject({
      status: 'failed',
      failureReason: 'The destination does not exist.',
    });
    const worker = { kind: 'worker', workerId, userId: newId(), mode: 'test' } as const;
    expect(await workerBalance(worker)).toEqual({ payableSats: 100, inFlightSats: 0 });
    expect(await completions(taskId)).toBe(1);
  });

  it('gives up on a rail that does not exist, by name', async () => {
    const { payoutIds } = await createVerifiedTask({ rail: 'carrier-pigeon' });
    await sendPayout(payoutIds[0] ?? '');
    expect(await db.payout.findFirst({ where: { id: payoutIds[0] } })).toMatchObject({
      status: 'failed',
      failureReason: 'No rail named carrier-pigeon is configured.',
    });
  });

  it('tries again after a refusal for now, never twice under one attempt', async () => {
    const { payoutId } = await onePayout('flaky@sandbox');
    await sendUntilClosed(payoutId);
    const attempts = await db.payoutAttempt.findMany({
      where: { carried: { some: { payoutId } } },
    });
    const settled = attempts.filter((attempt) => attempt.status === 'settled').length;
    expect(await timesPaid(payoutId)).toBe(settled);
    expect(await statusOf(payoutId)).toBe(settled === 1 ? 'paid' : 'failed');
    expect(await reconcile()).toMatchObject({ ok: true });
  });

  it('looks up a payment whose answer was lost, and does not send it again', async () => {
    const { payoutId } = await onePayout('answer-lost@sandbox');
    expect(await sendPayout(payoutId)).toEqual({ state: 'open', delayMs: 2_000 });
    await sendUntilClosed(payoutId);
    expect(await statusOf(payoutId)).toBe('paid');
    expect(await timesPaid(payoutId)).toBe(1);
    expect(await db.payoutAttempt.count({ where: { carried: { some: { payoutId } } } })).toBe(1);
  });

  it('gives up after as many attempts as there are, whose requests never arrived', async () => {
    const { payoutId } = await onePayout('request-lost@sandbox');
    await sendUntilClosed(payoutId);
    expect(await statusOf(payoutId)).toBe('failed');
    expect(await db.payoutAttempt.count({ where: { carried: { some: { payoutId } } } })).toBe(
      ATTEMPTS_MAX,
    );
    expect(await timesPaid(payoutId)).toBe(0);
  });
});

describe('a process that dies', () => {
  it('before it called the rail: the attempt is voided, the next one pays', async () => {
    const { payoutId } = await onePayout();
    await reserveAttempt(payoutId);
    time.advanceMs(59_000);
    expect(await sendPayout(payoutId)).toMatchObject({ state: 'open' });
    expect(await statusOf(payoutId)).toBe('sending');
    await sendUntilClosed(payoutId);
    expect(await statusOf(payoutId)).toBe('paid');
    expect(await timesPaid(payoutId)).toBe(1);
    expect(await db.payoutAttempt.count({ where: { carried: { some: { payoutId } } } })).toBe(2);
  });

  it('between the rail’s answer and the record of it: the payment is found', async () => {
    const { payoutId } = await onePayout();
    const open = await reserveAttempt(payoutId);
    if (!open) throw new Error('Nothing was reserved.');
    await sandboxRail.pay(requestOf(open));
    await sendUntilClosed(payoutId);
    expect(await statusOf(payoutId)).toBe('paid');
    expect(await db.payoutAttempt.count({ where: { carried: { some: { payoutId } } } })).toBe(1);
    expect(await timesPaid(payoutId)).toBe(1);
  });

  it('only seemed to: waking up late, it cannot pay an attempt that was given up', async () => {
    const { payoutId } = await onePayout();
    const stalled = await reserveAttempt(payoutId);
    if (!stalled) throw new Error('Nothing was reserved.');
    await sendUntilClosed(payoutId);
    await payAttempt(stalled);
    await lookUpAttempt(stalled);
    expect(await statusOf(payoutId)).toBe('paid');
    expect(await timesPaid(payoutId)).toBe(1);
    expect(await reconcile()).toMatchObject({ ok: true });
  });

  it('before its job ran: the sweep sends what is overdue, and only that', async () => {
    const { payoutId } = await onePayout();
    expect(await sweepPayouts()).toEqual({ swept: 0 });
    time.advanceMs(11_000);
    expect(await sweepPayouts()).toEqual({ swept: 1 });
    expect(await statusOf(payoutId)).toBe('paid');
    expect(await sweepPayouts()).toEqual({ swept: 0 });
  });
});

describe('what is owed', () => {
  it('is one payout an answer, and one event to send it, however often it is written', async () => {
    const { taskId, organizationId, workerIds } = await createVerifiedTask();
    const { answerId } = await db.payout.findFirstOrThrow({ where: { taskId } });
    const [workerId = ''] = workerIds;
    await transaction((tx) =>
      createPayouts(tx, {
        task: { id: taskId, mode: 'test', organizationId },
        answers: [{ answerId: answerId ?? '', workerId, amountSats: 100n }],
      }),
    );
    const payouts = await db.payout.findMany({ where: { taskId } });
    expect(payouts).toHaveLength(1);
    const rows = await db.$queryRaw<{ key: string; data: object }[]>`
      SELECT key, data FROM outbox WHERE topic = 'payout.created' AND key = ${payouts[0]?.id}`;
    expect(rows).toEqual([{ key: payouts[0]?.id, data: { payoutId: payouts[0]?.id } }]);
  });

  it('gives the engine the same event for the same fact', async () => {
    const payoutId = newId();
    const row = {
      id: newId(),
      topic: 'payout.created',
      key: payoutId,
      data: { payoutId },
      live: null,
      attempts: 0,
      createdAt: new Date(),
    };
    const react = () => transaction(async (tx) => subscribers['payout.created']?.([row], tx));
    expect(await react()).toEqual([
      { id: `payout/send:${payoutId}`, name: 'payout/send', data: { payoutId } },
    ]);
    expect(await react()).toEqual(await react());
  });
});
