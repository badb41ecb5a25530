import { describe, expect, it } from 'vitest';
import { reconcile } from '@/server/features/ledger';
import { db } from '@/server/platform/db';
import { useTestDatabase } from '@/server/testing/database';
import { useTestClock } from '@/server/testing/use-test-clock';
import { createVerifiedTask } from '@/server/testing/verified-task';
import { type OpenAttempt, requestOf } from './attempt';
import { reserveAttempt } from './begin-attempts';
import { findRail } from './rails/registry';
import { lookUpAttempt, payAttempt, sendPayout } from './send-payout';
import { sweepPayouts } from './sweep-payouts';

useTestDatabase();

const time = useTestClock();

async function timesPaid(payoutId: string): Promise<number> {
  const attempts = await db.payoutAttempt.findMany({
    where: { carried: { some: { payoutId } } },
    select: { id: true },
  });
  const attemptIds = attempts.map(({ id }) => id);
  return db.railPayment.count({ where: { attemptId: { in: attemptIds }, status: 'paid' } });
}

describe('one payout, many senders', () => {
  it('20 senders at once make one attempt and one payment', async () => {
    const { payoutIds } = await createVerifiedTask();
    const [payoutId = ''] = payoutIds;
    await Promise.all(Array.from({ length: 20 }, () => sendPayout(payoutId)));
    expect(await db.payoutAttempt.count({ where: { carried: { some: { payoutId } } } })).toBe(1);
    expect(await timesPaid(payoutId)).toBe(1);
    expect(await reconcile()).toMatchObject({ ok: true });
  });

  it('a late payment and a lookup at the same time agree on one outcome', async () => {
    for (let round = 0; round < 15; round++) {
      const { payoutIds } = await createVerifiedTask();
      const [payoutId = ''] = payoutIds;
      const open = await reserveAttempt(payoutId);
      if (!open) throw new Error('Nothing was reserved.');
      await Promise.all([payAttempt(open), lookUpAttempt(open)]);
      const payout = await db.payout.findUniqueOrThrow({ where: { id: payoutId } });
      expect(await timesPaid(payoutId)).toBe(payout.status === 'paid' ? 1 : 0);
    }
    expect(await reconcile()).toMatchObject({ ok: true });
  });
});

/** A small generator with a seed, so that a life that fails can be lived again. */
function seededRandom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}

describe('lives cut off at any step', () => {
  it.each([1, 2, 3, 4, 5, 6])('seed %i: the worker is paid exactly once', async (seed) => {
    const random = seededRandom(seed);
    const { payoutIds, taskId } = await createVerifiedTask({ workers: 3 });
    /** Attempts that some process holds in its memory, whether it still should or not. */
    const remembered: OpenAttempt[] = [];
    const anyOf = <T>(items: readonly T[]) => items[Math.floor(random() * items.length)];

    const acts: (() => Promise<unknown>)[] = [
      async () => {
        const open = await reserveAttempt(anyOf(payoutIds) ?? '');
        if (open) remembered.push(open);
      },
      async () => {
        const open = anyOf(remembered);
        if (open) await payAttempt(open);
      },
      async () => {
        // The rail is called and the process dies before it writes down the answer.
        const open = anyOf(remembered);
        const request = open && requestOf(open);
        if (open && request) await (await findRail(open.rail))?.pay(request);
      },
      async () => {
        const open = anyOf(remembered);
        if (open) await lookUpAttempt(open);
      },
      () => sendPayout(anyOf(payoutIds) ?? ''),
      () => sweepPayouts(),
      async () => time.advanceMs(Math.floor(random() * 90_000)),
    ];
    for (let step = 0; step < 25; step++) {
      await Promise.all([anyOf(acts)?.(), random() < 0.3 ? anyOf(acts)?.() : undefined]);
      for (const payoutId of payoutIds) expect(await timesPaid(payoutId)).toBeLessThanOrEqual(1);
    }
    for (let n = 0; n < 30; n++) {
      time.advanceMs(2 * 60 * 60_000);
      await sweepPayouts();
    }
    for (const payoutId of payoutIds) expect(await timesPaid(payoutId)).toBe(1);
    expect(await db.payout.count({ where: { taskId, status: 'paid' } })).toBe(3);
    expect(await db.taskEvent.count({ where: { taskId, type: 'task.completed' } })).toBe(1);
    expect(await reconcile()).toMatchObject({ ok: true });
  });
});
