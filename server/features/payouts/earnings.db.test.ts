import { describe, expect, it } from 'vitest';
import { clock } from '@/server/platform/clock';
import { db } from '@/server/platform/db';
import { newId } from '@/server/platform/ids';
import { useTestDatabase } from '@/server/testing/database';
import { workerActor } from '@/server/testing/factories';
import { createVerifiedTask } from '@/server/testing/verified-task';
import { exportPayouts, getEarnings } from './get-earnings';
import { listPayouts } from './queries';
import { sendPayout } from './send-payout';

useTestDatabase();

/** A payout of `amountSats` for an answer to which `seconds` were given. */
async function earn(amountSats: bigint, seconds: number, to?: string) {
  const made = await createVerifiedTask({ payoutSats: amountSats });
  const payoutId = made.payoutIds[0] ?? '';
  const workerId = to ?? made.workerIds[0] ?? '';
  const { answerId } = await db.payout.update({ where: { id: payoutId }, data: { workerId } });
  const now = clock.now();
  const own = { taskId: made.taskId, workerId, mode: 'test' as const, createdAt: now };
  const assignmentId = newId();
  await db.assignment.create({
    data: { ...own, id: assignmentId, status: 'submitted', lapsesAt: now },
  });
  await db.answer.create({
    data: {
      ...own,
      id: answerId ?? '',
      assignmentId,
      organizationId: made.organizationId,
      type: 'content_review',
      output: {},
      status: 'accepted',
      elapsedMs: seconds * 1_000,
    },
  });
  return { workerId, payoutId };
}

describe('earnings', () => {
  it('are what the payouts say, by state, by day and by type, for their worker alone', async () => {
    const first = await earn(100n, 36);
    const actor = await workerActor(
      await db.worker.findUniqueOrThrow({ where: { id: first.workerId } }),
    );
    await sendPayout(first.payoutId);
    await earn(80n, 18, first.workerId);
    const earnings = await getEarnings(actor);
    expect(earnings).toMatchObject({
      paidSats: 100,
      pendingSats: 80,
      failedSats: 0,
      byType: [
        { type: 'content_review', answers: 2, amountSats: 180, seconds: 54, satsPerHour: 12_000 },
      ],
      satsPerHour: 12_000,
    });
    expect(earnings.days).toHaveLength(30);
    expect(earnings.days.at(-1)).toEqual({
      day: clock.now().toISOString().slice(0, 10),
      amountSats: 180,
    });
    const other = await workerActor();
    expect(await getEarnings(other)).toMatchObject({ paidSats: 0, byType: [], satsPerHour: null });
    expect((await exportPayouts(other)).split('\r\n')).toHaveLength(2);
    const live = await getEarnings({ ...actor, mode: 'live' });
    expect(live.paidSats + live.pendingSats).toBe(0);
  });

  it('leave as CSV that no spreadsheet runs, one line a payout', async () => {
    const { workerId, payoutId } = await earn(5n, 10);
    await sendPayout(payoutId);
    const actor = await workerActor(await db.worker.findUniqueOrThrow({ where: { id: workerId } }));
    await db.payoutAttempt.updateMany({
      where: { carried: { some: { payoutId } } },
      data: { preimage: '\n＝1+1,"x"' },
    });
    const [head, line] = (await exportPayouts(actor)).split('\r\n');
    expect(head?.split(',')).toHaveLength(11);
    expect(line).toContain(`${payoutId},`);
    expect(line).toContain(`"'`);
    expect(await exportPayouts(actor)).toContain(`"'\n＝1+1,""x"""`);
    const { data } = await listPayouts(actor);
    expect(data[0]).toMatchObject({ status: 'paid', amountSats: 5, preimage: '\n＝1+1,"x"' });
  });
});
