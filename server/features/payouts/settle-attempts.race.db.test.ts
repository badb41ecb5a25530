import pg from 'pg';
import { describe, expect, it, vi } from 'vitest';
import { reconcile } from '@/server/features/ledger';
import { db } from '@/server/platform/db';
import { useTestDatabase } from '@/server/testing/database';
import { createOrganization } from '@/server/testing/factories';
import { createVerifiedTask } from '@/server/testing/verified-task';
import type { TaskSnapshot } from '../tasks/schema';
import type { OpenAttempt } from './attempt';
import { reserveAttempt } from './begin-attempts';
import { payAttempt, sendPayout } from './send-payout';

useTestDatabase();

/** Tasks of one organization, each with so many payouts to send. */
async function tasksOf(count: number, workers: number) {
  const organization = await createOrganization({ funds: 100_000n });
  const tasks = [];
  for (let n = 0; n < count; n++) {
    tasks.push(await createVerifiedTask({ workers, organization }));
  }
  return tasks;
}

const nextTurn = () => new Promise((resolve) => setImmediate(resolve));
const completionsOf = (taskId: string) =>
  db.taskEvent.findMany({ where: { taskId, type: 'task.completed' } });
const statusesOf = async (payoutIds: readonly string[]) => {
  const rows = await db.payout.findMany({ where: { id: { in: [...payoutIds] } } });
  return payoutIds.map((id) => rows.find((row) => row.id === id)?.status);
};

async function begun(payoutIds: readonly string[]): Promise<OpenAttempt[]> {
  const opened = await Promise.all(payoutIds.map(reserveAttempt));
  return opened.filter((open) => open !== null);
}

describe('payouts of one turn', () => {
  it('are paid by a few statements, and their tasks completed once each', async () => {
    const tasks = await tasksOf(8, 3);
    const payoutIds = tasks.flatMap((task) => task.payoutIds);
    // The first of a rail opens its account.
    await sendPayout(payoutIds.pop() ?? '');
    const query = vi.spyOn(pg.Client.prototype, 'query');
    const ends = await Promise.all(payoutIds.map(sendPayout));
    const statements = query.mock.calls.length;
    query.mockRestore();
    expect(ends).toEqual(payoutIds.map(() => ({ state: 'closed' })));
    expect(statements).toBeLessThan(payoutIds.length);
    for (const { taskId, payoutIds: own } of tasks) {
      const [event, ...more] = await completionsOf(taskId);
      expect(more).toEqual([]);
      if (!event) throw new Error('The task was not completed.');
      const { payouts } = event.snapshot as TaskSnapshot;
      expect(payouts.map(({ id, status }) => [id, status])).toEqual(own.map((id) => [id, 'paid']));
      const task = await db.task.findUniqueOrThrow({ where: { id: taskId } });
      expect([task.sequence, task.settledAt]).toEqual([event.sequence, event.createdAt]);
      const told = await db.outboxRow.findMany({
        where: { topic: 'task.completed', key: event.id },
      });
      expect(told).toHaveLength(1);
    }
    expect(await reconcile()).toMatchObject({ ok: true });
  });

  it('do not begin where one asks for more than its worker has, except that one’s', async () => {
    const [task] = await tasksOf(1, 3);
    const [first = '', wrong = '', last = ''] = task?.payoutIds ?? [];
    await db.payout.update({ where: { id: wrong }, data: { amountSats: 101n } });
    const ends = await Promise.allSettled([first, wrong, last].map(sendPayout));
    expect(ends.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
    expect(await statusesOf([first, wrong, last])).toEqual(['paid', 'pending', 'paid']);
    expect(await completionsOf(task?.taskId ?? '')).toEqual([]);
  });

  it('settle where one is at fault, except that one', async () => {
    const tasks = await tasksOf(3, 1);
    const opened = await begun(tasks.flatMap(({ payoutIds }) => payoutIds));
    const wrong = opened[1];
    if (!wrong) throw new Error('Nothing was reserved.');
    opened[1] = { ...wrong, amountSats: wrong.amountSats + 1n };
    const ends = await Promise.allSettled(opened.map(payAttempt));
    expect(ends.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
    const statuses = await statusesOf(tasks.flatMap(({ payoutIds }) => payoutIds));
    expect(statuses).toEqual(['paid', 'sending', 'paid']);
    const completions = await Promise.all(tasks.map(({ taskId }) => completionsOf(taskId)));
    expect(completions.map((events) => events.length)).toEqual([1, 0, 1]);
    expect(await reconcile()).toMatchObject({ ok: true });
  });
});

describe('payouts of two turns at once', () => {
  it('complete each task once, whichever settles its last payout', async () => {
    for (let round = 0; round < 5; round++) {
      const tasks = await tasksOf(6, 2);
      const ofTask = await Promise.all(tasks.map(({ payoutIds }) => begun(payoutIds)));
      const firsts = ofTask.map(([first]) => first as OpenAttempt);
      const seconds = ofTask.map(([, second]) => second as OpenAttempt).reverse();
      const paying = firsts.map(payAttempt);
      await nextTurn();
      const ends = await Promise.all([...paying, ...seconds.map(payAttempt)]);
      expect(ends.every((isPaid) => isPaid)).toBe(true);
      const completions = await Promise.all(tasks.map(({ taskId }) => completionsOf(taskId)));
      expect(completions.map((events) => events.length)).toEqual(tasks.map(() => 1));
    }
    expect(await reconcile()).toMatchObject({ ok: true });
  });

  it('begin one attempt each, and settle it once', async () => {
    const tasks = await tasksOf(6, 1);
    const payoutIds = tasks.flatMap((task) => task.payoutIds);
    const beginning = payoutIds.map(reserveAttempt);
    await nextTurn();
    const opened = await Promise.all([...beginning, ...payoutIds.toReversed().map(reserveAttempt)]);
    const open = opened.filter((each) => each !== null);
    const carried = await db.attemptPayout.findMany({
      where: { attemptId: { in: open.map(({ id }) => id) } },
    });
    expect(carried.map(({ payoutId }) => payoutId).sort()).toEqual([...payoutIds].sort());
    const paying = open.map(payAttempt);
    await nextTurn();
    const ends = await Promise.all([...paying, ...open.toReversed().map(payAttempt)]);
    expect(ends.filter((isPaid) => isPaid)).toHaveLength(payoutIds.length);
    expect(
      await db.railPayment.count({
        where: { attemptId: { in: open.map(({ id }) => id) } },
      }),
    ).toBe(payoutIds.length);
    expect(await reconcile()).toMatchObject({ ok: true });
  });
});
