import { describe, expect, it } from 'vitest';
import { reconcile, workerBalance } from '@/server/features/ledger';
import type { WorkerActor } from '@/server/platform/actor';
import { db, transaction } from '@/server/platform/db';
import { newId } from '@/server/platform/ids';
import { useTestDatabase } from '@/server/testing/database';
import { workerActor } from '@/server/testing/factories';
import { useTestClock } from '@/server/testing/use-test-clock';
import { createVerifiedTask } from '@/server/testing/verified-task';
import { createPayouts } from './create-payouts';
import { getEarnings } from './get-earnings';
import { subscribers } from './jobs';
import { setPayoutTiming } from './payout-settings';
import { sendPayout } from './send-payout';
import { sweepPayouts } from './sweep-payouts';
import { sendGathered, withdrawPayouts } from './withdraw-payouts';

useTestDatabase();

const time = useTestClock();

/** A payout of 100 sats that its worker keeps. */
async function keptPayout() {
  const { payoutIds, workerIds, taskId } = await createVerifiedTask({ kept: true });
  const [payoutId = '', workerId = ''] = [payoutIds[0], workerIds[0]];
  const actor: WorkerActor = { kind: 'worker', workerId, userId: newId(), mode: 'test' };
  return { payoutId, taskId, actor };
}

/** One more payout for the same worker. */
async function alsoFor(actor: WorkerActor) {
  const { payoutIds } = await createVerifiedTask({ kept: true });
  const [id = ''] = payoutIds;
  await db.payout.update({ where: { id }, data: { workerId: actor.workerId } });
  return id;
}

const payoutOf = (id: string) => db.payout.findUniqueOrThrow({ where: { id } });
const taskOf = async (payoutId: string) => {
  const { organizationId, taskId } = await payoutOf(payoutId);
  return { organizationId: organizationId ?? '', taskId: taskId ?? '' };
};
const released = (payoutId: string) =>
  db.outboxRow.count({ where: { topic: 'payout.released', key: { startsWith: payoutId } } });

async function timesPaid(payoutId: string): Promise<number> {
  const attempts = await db.payoutAttempt.findMany({
    where: { carried: { some: { payoutId } } },
    select: { id: true },
  });
  const attemptIds = attempts.map(({ id }) => id);
  return db.railPayment.count({ where: { attemptId: { in: attemptIds }, status: 'paid' } });
}

describe('a payout that is kept', () => {
  it('is sent by nobody, and its sats wait in the worker’s balance', async () => {
    const { payoutId, actor } = await keptPayout();
    expect(await payoutOf(payoutId)).toMatchObject({ status: 'held', nextAttemptAt: null });
    await sendPayout(payoutId);
    time.advanceMs(24 * 60 * 60_000);
    await sweepPayouts();
    expect(await timesPaid(payoutId)).toBe(0);
    expect(await workerBalance(actor)).toEqual({ payableSats: 100, inFlightSats: 0 });
    expect(await getEarnings(actor)).toMatchObject({ heldSats: 100, pendingSats: 0, paidSats: 0 });
    expect(await db.outboxRow.count({ where: { topic: 'payout.created', key: payoutId } })).toBe(0);
  });

  it('leaves whole with a withdrawal, and the books add up', async () => {
    const { payoutId, actor } = await keptPayout();
    expect(await withdrawPayouts(actor)).toEqual({ payouts: 1, amountSats: 100 });
    expect(await payoutOf(payoutId)).toMatchObject({ status: 'pending' });
    await sendPayout(payoutId);
    expect(await payoutOf(payoutId)).toMatchObject({ status: 'paid' });
    expect(await timesPaid(payoutId)).toBe(1);
    expect(await workerBalance(actor)).toEqual({ payableSats: 0, inFlightSats: 0 });
    expect(await reconcile()).toMatchObject({ ok: true });
  });

  it('goes where the worker wants it at the time of the withdrawal', async () => {
    const { payoutId, actor } = await keptPayout();
    await db.worker.update({
      where: { id: actor.workerId },
      data: { payoutRail: 'internal', payoutDestination: 'new@example.com' },
    });
    await withdrawPayouts(actor);
    expect(await payoutOf(payoutId)).toMatchObject({
      rail: 'internal',
      destination: 'new@example.com',
    });
  });

  it('leaves when the worker wants to be paid at once from then on', async () => {
    const { payoutId, actor } = await keptPayout();
    expect(await setPayoutTiming(actor, { timing: 'on_withdrawal' })).toMatchObject({
      timing: 'on_withdrawal',
    });
    expect(await payoutOf(payoutId)).toMatchObject({ status: 'held' });
    await setPayoutTiming(actor, { timing: 'at_once' });
    expect(await payoutOf(payoutId)).toMatchObject({ status: 'pending' });
    expect(await released(payoutId)).toBe(1);
  });
});

describe('a withdrawal', () => {
  it('20 at once release each payout once and pay it once', async () => {
    const { payoutId, actor } = await keptPayout();
    const second = await alsoFor(actor);
    const results = await Promise.all(Array.from({ length: 20 }, () => withdrawPayouts(actor)));
    expect(results.reduce((sum, { payouts }) => sum + payouts, 0)).toBe(2);
    expect(await released(payoutId)).toBe(1);
    expect(await released(second)).toBe(1);
    await Promise.all(Array.from({ length: 10 }, () => sendPayout(payoutId)));
    expect(await timesPaid(payoutId)).toBe(1);
  });

  it('while answers are being accepted leaves none between kept and sent', async () => {
    const { payoutId, actor } = await keptPayout();
    const ids = [payoutId];
    const { organizationId, taskId } = await taskOf(payoutId);
    const accept = async () => {
      const answerId = newId();
      await transaction((tx) =>
        createPayouts(tx, {
          task: { id: taskId, mode: 'test', organizationId },
          answers: [{ answerId, workerId: actor.workerId, amountSats: 1n }],
        }),
      );
      ids.push((await db.payout.findUniqueOrThrow({ where: { answerId } })).id);
    };
    await Promise.all(
      Array.from({ length: 30 }, (_, n) => (n % 3 === 0 ? withdrawPayouts(actor) : accept())),
    );
    await withdrawPayouts(actor);
    const rows = await db.payout.findMany({ where: { id: { in: ids } } });
    expect(rows.map(({ status }) => status)).toEqual(ids.map(() => 'pending'));
    for (const id of ids) expect(await released(id)).toBe(1);
  });

  it('said again, or by a worker who has nothing, releases nothing', async () => {
    const { actor } = await keptPayout();
    await withdrawPayouts(actor);
    expect(await withdrawPayouts(actor)).toEqual({ payouts: 0, amountSats: 0 });
    expect(await withdrawPayouts(await workerActor())).toEqual({ payouts: 0, amountSats: 0 });
  });

  it('takes nothing of another worker’s, nor of the other mode', async () => {
    const { payoutId, actor } = await keptPayout();
    await keptPayout().then(({ actor: other }) => withdrawPayouts(other));
    await withdrawPayouts({ ...actor, mode: 'live' });
    expect(await payoutOf(payoutId)).toMatchObject({ status: 'held' });
  });

  it('tries again what the rail gave up, at the new destination, with an event of its own', async () => {
    const { payoutIds, workerIds } = await createVerifiedTask({ destination: 'refused@sandbox' });
    const [payoutId = '', workerId = ''] = [payoutIds[0], workerIds[0]];
    const actor: WorkerActor = { kind: 'worker', workerId, userId: newId(), mode: 'test' };
    await sendPayout(payoutId);
    expect(await payoutOf(payoutId)).toMatchObject({ status: 'failed' });
    await db.worker.update({ where: { id: workerId }, data: { payoutDestination: 'ok@sandbox' } });
    expect(await withdrawPayouts(actor)).toEqual({ payouts: 1, amountSats: 100 });
    await sendPayout(payoutId);
    expect(await payoutOf(payoutId)).toMatchObject({ status: 'paid', failureReason: null });
    expect(await timesPaid(payoutId)).toBe(1);
    const { key } = await db.outboxRow.findFirstOrThrow({
      where: { topic: 'payout.released', key: { startsWith: payoutId } },
    });
    const row = {
      id: newId(),
      key,
      topic: 'payout.released',
      data: { payoutId },
      live: null,
      attempts: 0,
      createdAt: new Date(),
    };
    const [event] = await transaction(
      async (tx) => (await subscribers['payout.released']?.([row], tx)) ?? [],
    );
    expect(event).toMatchObject({ name: 'payout/send', data: { payoutId } });
    expect(event?.id).not.toBe(`payout/send:${payoutId}`);
    expect(await reconcile()).toMatchObject({ ok: true });
  });
});

describe('a worker whose address is not confirmed', () => {
  it('earns, but is paid nothing until it is; then at once', async () => {
    const { actor, payoutId: first } = await keptPayout();
    const { userId } = await db.worker.update({
      where: { id: actor.workerId },
      data: { payoutTiming: 'at_once' },
    });
    const confirm = (emailConfirmedAt: Date | null) =>
      db.user.update({ where: { id: userId ?? '' }, data: { emailConfirmedAt } });
    await confirm(null);
    const { organizationId, taskId } = await taskOf(first);
    const answers = [{ answerId: newId(), workerId: actor.workerId, amountSats: 1n }];
    const task = { id: taskId, mode: 'test' as const, organizationId };
    const { held } = await transaction((tx) => createPayouts(tx, { task, answers }));
    expect(held).toBe(1);
    await expect(withdrawPayouts(actor)).rejects.toMatchObject({ code: 'address_unconfirmed' });
    await setPayoutTiming(actor, { timing: 'at_once' });
    await sendGathered();
    expect(await payoutOf(first)).toMatchObject({ status: 'held' });
    await confirm(new Date());
    await sendGathered();
    expect(await payoutOf(first)).toMatchObject({ status: 'pending' });
    expect(await released(first)).toBe(1);
  });
});
