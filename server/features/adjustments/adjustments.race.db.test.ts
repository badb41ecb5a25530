import { randomUUID } from 'node:crypto';
import { afterEach, describe, expect, it } from 'vitest';
import { reserveAttempt } from '@/server/features/payouts/begin-attempts';
import { payAttempt, sendPayout } from '@/server/features/payouts/send-payout';
import { withdrawPayouts } from '@/server/features/payouts/withdraw-payouts';
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
import { brokenPayments } from '@/server/testing/invariants';
import { useLightning } from '@/server/testing/lightning';
import { createVerifiedTask } from '@/server/testing/verified-task';
import { reverseAdjustment } from './adjust-account';

useTestDatabase();
const lightning = useLightning();

afterEach(async () => expect(await brokenPayments()).toEqual([]));

const isDone = ({ status }: PromiseSettledResult<unknown>) => status === 'fulfilled';

/** Sats that the sandbox's rail has paid to a worker. */
async function receivedBy(workerId: string): Promise<number> {
  const attempts = await db.payoutAttempt.findMany({ where: { workerId }, select: { id: true } });
  const { _sum } = await db.railPayment.aggregate({
    where: { status: 'paid', attemptId: { in: attempts.map(({ id }) => id) } },
    _sum: { amountSats: true },
  });
  return Number(_sum.amountSats ?? 0n);
}

describe('an adjustment that is sent and taken back at once', () => {
  it('is either sent or taken back, never both and never neither', async () => {
    for (let round = 0; round < 12; round++) {
      const { workerId } = await sandboxWorker();
      const { id, adjustmentId } = await givenTo(workerId, 50);
      const sending = () => sendPayout(id);
      const taking = () => takeBack(adjustmentId);
      const both = round % 2 === 0 ? [sending(), taking()] : [taking(), sending()];
      const results = await Promise.allSettled([...both, sendPayout(id)]);
      const taken = results[round % 2 === 0 ? 1 : 0];
      const [payout] = await payoutsOf(workerId);
      const isTaken = taken !== undefined && isDone(taken);
      expect(payout?.status).toBe(isTaken ? 'cancelled' : 'paid');
      expect(await receivedBy(workerId)).toBe(isTaken ? 0 : 50);
    }
  });

  it('sends over Lightning just what is left, whoever is first', async () => {
    for (let round = 0; round < 6; round++) {
      const name = `race${round}${randomUUID().slice(0, 6)}`;
      const destination = lightning.wallet.addressOf(name);
      const made = await createVerifiedTask({ mode: 'live', rail: 'lightning', destination });
      const [workerId = ''] = made.workerIds;
      await give(workerId, 40, 'live');
      const results = await Promise.allSettled([
        give(workerId, -15, 'live'),
        sendPayout(made.payoutIds[0] ?? ''),
      ]);
      const isTaken = results[0] !== undefined && isDone(results[0]);
      expect(lightning.wallet.received.get(name)).toBe(isTaken ? 125 : 140);
    }
  });

  it('is not taken by who comes while its rail is being told', async () => {
    const { workerId } = await sandboxWorker();
    const { id, adjustmentId } = await givenTo(workerId, 50);
    const open = await reserveAttempt(id);
    await expect(takeBack(adjustmentId)).rejects.toMatchObject({
      code: 'adjustment_not_reversible',
    });
    await expect(give(workerId, -1)).rejects.toMatchObject({ code: 'balance_not_left' });
    if (open) await payAttempt(open);
    expect(await receivedBy(workerId)).toBe(50);
  });
});

describe('takings at once', () => {
  it('of the whole happen once, however many ask, and once by one key', async () => {
    const { workerId } = await sandboxWorker('on_withdrawal');
    const first = await givenTo(workerId, 50);
    const results = await Promise.allSettled(
      Array.from({ length: 6 }, () => takeBack(first.adjustmentId)),
    );
    expect(results.filter(isDone)).toHaveLength(1);
    const second = await givenTo(workerId, 20);
    const input = { key: randomUUID(), adjustmentId: second.adjustmentId, reason: 'By one key.' };
    const again = await Promise.all(
      Array.from({ length: 6 }, () => reverseAdjustment(operator, input)),
    );
    expect(again.filter((receipt) => !receipt.again)).toHaveLength(1);
    expect((await payoutsOf(workerId)).map(({ status }) => status)).toEqual([
      'cancelled',
      'cancelled',
    ]);
  });

  it('of parts come to what is there at most, while it is withdrawn', async () => {
    const actor = await sandboxWorker('on_withdrawal');
    await give(actor.workerId, 30);
    await give(actor.workerId, 30);
    const results = await Promise.allSettled([
      ...Array.from({ length: 5 }, () => give(actor.workerId, -20)),
      withdrawPayouts(actor),
    ]);
    const takings = results.slice(0, 5).filter(isDone).length;
    expect(takings).toBe(3);
    for (const { id } of await payoutsOf(actor.workerId)) await sendPayout(id);
    expect(await receivedBy(actor.workerId)).toBe(0);
  });

  it('and givings leave just what they come to', async () => {
    const { workerId } = await sandboxWorker('on_withdrawal');
    await give(workerId, 100);
    const amounts = [10, -30, 5, -30, 20, -30, 1];
    const results = await Promise.allSettled(amounts.map((sats) => give(workerId, sats)));
    expect(results.every(isDone)).toBe(true);
    const owed = (await payoutsOf(workerId)).filter(({ status }) => status === 'held');
    expect(owed.reduce((sum, { amountSats }) => sum + Number(amountSats), 0)).toBe(46);
  });
});
