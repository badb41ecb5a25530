import { afterEach, describe, expect, it } from 'vitest';
import { findPayouts, getPayout } from '@/server/features/payouts/find-payouts';
import { getEarnings } from '@/server/features/payouts/get-earnings';
import { listPayouts } from '@/server/features/payouts/queries';
import { sendPayout } from '@/server/features/payouts/send-payout';
import { db } from '@/server/platform/db';
import {
  give,
  givenTo,
  operator,
  payoutsOf,
  sandboxWorker,
  takeBack,
} from '@/server/testing/adjustment-setting';
import { useTestDatabase } from '@/server/testing/database';
import { workerActor } from '@/server/testing/factories';
import { brokenPayments } from '@/server/testing/invariants';
import { useTestClock } from '@/server/testing/use-test-clock';
import { createVerifiedTask } from '@/server/testing/verified-task';
import { listAdjustments } from './list-adjustments';

useTestDatabase();

useTestClock();
afterEach(async () => {
  expect(await brokenPayments()).toEqual([]);
});

describe('what an operator takes from a worker', () => {
  it('comes off what was given last and is not sent, and never off an answer', async () => {
    const { workerIds } = await createVerifiedTask({ kept: true });
    const [workerId = ''] = workerIds;
    await give(workerId, 50);
    const second = await givenTo(workerId, 30);
    await give(workerId, -45);
    const [answer, first, cancelled] = await payoutsOf(workerId);
    expect(answer).toMatchObject({ amountSats: 100n, status: 'held' });
    expect(first).toMatchObject({ amountSats: 35n, status: 'held' });
    expect(cancelled).toMatchObject({
      ...{ id: second.id, status: 'cancelled', nextAttemptAt: null },
      failureReason: '-45 for the long day.',
    });
    await expect(give(workerId, -36)).rejects.toMatchObject({
      ...{ status: 409, code: 'balance_not_left', details: { left_sats: 35 } },
      message: /^35 sats that operators gave this worker are not sent yet/,
    });
    expect((await getPayout(operator, { id: first?.id ?? '' })).log).toMatchObject([
      { action: 'payout.reduced', reason: '-45 for the long day.' },
    ]);
    expect(
      await getEarnings(
        await workerActor(await db.worker.findUniqueOrThrow({ where: { id: workerId } })),
      ),
    ).toMatchObject({
      heldSats: 135,
    });
  });

  it('is given back as a payout of its own where the taking is taken back', async () => {
    const actor = await sandboxWorker('on_withdrawal');
    await give(actor.workerId, 40);
    await give(actor.workerId, -40);
    const [taking, giving] = (await listAdjustments(operator, { owner: actor.workerId })).data;
    expect(giving?.payout).toMatchObject({ status: 'cancelled', leftSats: 0 });
    expect(await takeBack(taking?.id)).toMatchObject({ balanceSats: 40 });
    expect((await listPayouts(actor)).data).toMatchObject([
      { status: 'held', amountSats: 40, reason: 'It was a mistake.' },
      { status: 'cancelled', failureReason: 'Reversed by the operator: -40 for the long day.' },
    ]);
  });
});

describe('an adjustment of a worker that is taken back', () => {
  it('cancels its payout alone before it is sent, and nothing of it ever is', async () => {
    const actor = await sandboxWorker();
    const first = await givenTo(actor.workerId, 60);
    const second = await givenTo(actor.workerId, 60);
    expect(await takeBack(first.adjustmentId)).toMatchObject({ balanceSats: 60 });
    expect(await sendPayout(first.id)).toEqual({ state: 'closed' });
    await sendPayout(second.id);
    expect(await payoutsOf(actor.workerId)).toMatchObject([
      { status: 'cancelled', attemptId: null, attempts: 0 },
      { status: 'paid' },
    ]);
    expect(await getEarnings(actor)).toMatchObject({ paidSats: 60, pendingSats: 0 });
    expect(
      (await findPayouts(operator, { state: 'cancelled', worker: actor.workerId })).data,
    ).toMatchObject([{ id: first.id, failureReason: 'It was a mistake.' }]);
    expect((await getPayout(operator, { id: first.id })).acts).toEqual([]);
  });

  it('is refused once it was sent, is being sent, or is not whole, and says what to do', async () => {
    const actor = await sandboxWorker();
    const paid = await givenTo(actor.workerId, 60);
    await sendPayout(paid.id);
    const refusal = { status: 409, code: 'adjustment_not_reversible' };
    await expect(takeBack(paid.adjustmentId)).rejects.toMatchObject({
      ...refusal,
      message: /were sent to the worker.* Ask the worker to return them/,
    });
    await expect(give(actor.workerId, -1)).rejects.toMatchObject({ details: { left_sats: 0 } });
    const lost = await sandboxWorker('at_once', 'answer-lost@sandbox');
    const sending = await givenTo(lost.workerId, 60);
    await sendPayout(sending.id);
    await expect(takeBack(sending.adjustmentId)).rejects.toMatchObject({
      ...refusal,
      message: /on their way .* Hold the payout back/,
    });
    const kept = await sandboxWorker('on_withdrawal');
    const reduced = await givenTo(kept.workerId, 60);
    await give(kept.workerId, -20);
    await expect(takeBack(reduced.adjustmentId)).rejects.toMatchObject({
      ...refusal,
      message: /40 sats are left of it\. Take those by an adjustment below zero/,
    });
  });
});
