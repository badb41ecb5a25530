import { afterEach, describe, expect, it } from 'vitest';
import { listStatement } from '@/server/features/ledger/list-statement';
import { findPayouts, getPayout } from '@/server/features/payouts/find-payouts';
import { exportPayouts, getEarnings } from '@/server/features/payouts/get-earnings';
import { holdPayoutBack, releasePayout } from '@/server/features/payouts/look-after-payout';
import { sendPayoutCode, setPayoutDestination } from '@/server/features/payouts/payout-settings';
import { countTroubledPayouts } from '@/server/features/payouts/payout-states';
import { listPayouts } from '@/server/features/payouts/queries';
import { sendPayout } from '@/server/features/payouts/send-payout';
import { sweepPayouts } from '@/server/features/payouts/sweep-payouts';
import { gatherPayouts, sendGathered } from '@/server/features/payouts/withdraw-payouts';
import { db } from '@/server/platform/db';
import { newId } from '@/server/platform/ids';
import { stoppedOrganizations } from '@/server/platform/test-clock';
import {
  give,
  givenTo,
  operator,
  payoutsOf,
  sandboxWorker,
} from '@/server/testing/adjustment-setting';
import { useTestDatabase } from '@/server/testing/database';
import {
  createOrganization,
  createWorker,
  memberActor,
  workerActor,
} from '@/server/testing/factories';
import { brokenPayments } from '@/server/testing/invariants';
import { useLightning } from '@/server/testing/lightning';
import { codeTo } from '@/server/testing/mailbox';
import { useTestClock } from '@/server/testing/use-test-clock';
import { createVerifiedTask } from '@/server/testing/verified-task';
import { listAdjustments } from './list-adjustments';

useTestDatabase();
const lightning = useLightning();

const time = useTestClock();
afterEach(async () => {
  expect(await brokenPayments()).toEqual([]);
});

describe('what an operator gives a worker', () => {
  it('is paid by the rail at once, and the worker reads what for, everywhere', async () => {
    const actor = await sandboxWorker();
    const { id } = await givenTo(actor.workerId, 70);
    expect(await db.outboxRow.count({ where: { topic: 'payout.created', key: id } })).toBe(1);
    expect(await getEarnings(actor)).toMatchObject({ pendingSats: 70, byType: [] });
    expect(await sendPayout(id)).toEqual({ state: 'closed' });
    const reason = '70 for the long day.';
    expect((await listPayouts(actor)).data).toMatchObject([
      { id, taskId: null, reason, status: 'paid', amountSats: 70 },
    ]);
    const earnings = await getEarnings(actor);
    expect(earnings).toMatchObject({ paidSats: 70, pendingSats: 0, satsPerHour: null });
    expect(earnings.days.at(-1)?.amountSats).toBe(70);
    expect(await exportPayouts(actor)).toContain(`${id},,adjustment,70,0,sandbox,paid,`);
    expect(await exportPayouts(actor)).toContain(reason);
    expect((await findPayouts(operator, { worker: actor.workerId })).data).toMatchObject([
      { id, reason, organization: null, organizationId: null, taskId: null, status: 'paid' },
    ]);
    expect((await listAdjustments(operator, { owner: actor.workerId })).data).toMatchObject([
      { payout: { id, status: 'paid', leftSats: 70 } },
    ]);
    expect((await listPayouts(await sandboxWorker())).data).toEqual([]);
  });

  it('is kept with what answers have earned until it comes to the threshold', async () => {
    const { workerIds, payoutIds } = await createVerifiedTask({ kept: true });
    const [workerId = ''] = workerIds;
    await db.worker.update({
      where: { id: workerId },
      data: { payoutTiming: 'at_threshold', payoutThresholdSats: 150n },
    });
    const first = await givenTo(workerId, 40);
    expect(await gatherPayouts(first.id)).toBe(0);
    const second = await givenTo(workerId, 10);
    expect(await gatherPayouts(second.id)).toBe(3);
    for (const id of [...payoutIds, first.id, second.id]) await sendPayout(id);
    expect((await payoutsOf(workerId)).map(({ status }) => status)).toEqual([
      'paid',
      'paid',
      'paid',
    ]);
  });

  it('shares one payment over Lightning with what answers have earned', async () => {
    const name = `w${newId().slice(-8)}`;
    const destination = lightning.wallet.addressOf(name);
    const made = await createVerifiedTask({ mode: 'live', rail: 'lightning', destination });
    const [workerId = ''] = made.workerIds;
    await give(workerId, 25, 'live');
    expect(await sendPayout(made.payoutIds[0] ?? '')).toEqual({ state: 'closed' });
    expect(lightning.wallet.received.get(name)).toBe(125);
    expect((await payoutsOf(workerId)).map(({ status }) => status)).toEqual(['paid', 'paid']);
    expect(
      await db.taskEvent.count({ where: { taskId: made.taskId, type: 'task.completed' } }),
    ).toBe(1);
  });

  it('is tried again after a failure, and is held back and released by an operator', async () => {
    const actor = await sandboxWorker('at_once', 'refused@sandbox');
    const { id } = await givenTo(actor.workerId, 30);
    await sendPayout(id);
    expect(await getPayout(operator, { id })).toMatchObject({ status: 'failed', acts: ['retry'] });
    await db.payout.update({
      where: { id },
      data: { status: 'pending', nextAttemptAt: new Date(time.nowMs()), destination: null },
    });
    const held = await holdPayoutBack(operator, { id, reason: 'Looking into it.' });
    expect(held).toMatchObject({ status: 'held', log: [{ action: 'payout.held_back' }] });
    expect(await releasePayout(operator, { id })).toMatchObject({ status: 'pending' });
    await sendPayout(id);
    expect(await getPayout(operator, { id })).toMatchObject({ status: 'paid' });
  });

  it('is held for a day after the worker’s address was changed', async () => {
    const from = lightning.wallet.addressOf(`w${newId().slice(-8)}`);
    const { id: workerId } = await createWorker({ mode: 'live', rail: 'lightning', online: false });
    const row = await db.worker.update({
      where: { id: workerId },
      data: { payoutTiming: 'at_once', payoutDestination: from },
    });
    await give(workerId, 20, 'live');
    const name = `w${newId().slice(-8)}`;
    const actor = await workerActor(row);
    await sendPayoutCode(actor);
    const { email } = await db.user.findUniqueOrThrow({ where: { id: actor.userId } });
    await setPayoutDestination(actor, {
      address: lightning.wallet.addressOf(name),
      code: await codeTo(email),
    });
    await give(workerId, 5, 'live');
    expect((await payoutsOf(workerId)).map(({ status }) => status)).toEqual(['held', 'held']);
    time.advanceMs(25 * 3_600_000);
    expect(await sendGathered()).toBe(2);
    time.advanceMs(60_000);
    await sweepPayouts();
    expect(lightning.wallet.received.get(name)).toBe(25);
  });

  it('is no organization’s, and no organization’s test clock holds it', async () => {
    const organization = await createOrganization({ funds: 1_000n });
    const owner = await memberActor(organization);
    const at = new Date(time.nowMs());
    const { id: organizationId } = organization;
    await db.testClock.create({ data: { organizationId, nowAt: at, createdAt: at } });
    await expect.poll(stoppedOrganizations).toContain(organizationId);
    const actor = await sandboxWorker();
    const { id } = await givenTo(actor.workerId, 15);
    expect((await listStatement(owner, { group: 'adjusted' })).data).toEqual([]);
    const log = await db.auditEntry.findMany({
      where: { subject: { in: [`worker:${actor.workerId}`, `payout:${id}`] } },
    });
    expect(log.map(({ organizationId }) => organizationId)).toEqual([null]);
    time.advanceMs(10 * 60_000);
    const stuck = (await countTroubledPayouts(5)).find(
      ({ trouble, mode }) => trouble === 'stuck' && mode === 'test',
    );
    expect(stuck?.count).toBe(1);
    await sweepPayouts();
    expect(await payoutsOf(actor.workerId)).toMatchObject([{ status: 'paid' }]);
    await db.testClock.deleteMany();
  });
});

it('is of an answer or of an adjustment, never of both or of neither; an answer’s is not cancelled', async () => {
  const { payoutIds } = await createVerifiedTask({ kept: true });
  const [id = ''] = payoutIds;
  const given = await givenTo((await sandboxWorker()).workerId, 1);
  const none = { taskId: null, answerId: null, organizationId: null };
  for (const data of [{ answerId: null }, none]) {
    await expect(db.payout.update({ where: { id }, data })).rejects.toThrow(
      'payouts_owed_for_check',
    );
  }
  await expect(
    db.payout.update({ where: { id: given.id }, data: { answerId: newId() } }),
  ).rejects.toThrow('payouts_owed_for_check');
  await expect(db.payout.update({ where: { id }, data: { status: 'cancelled' } })).rejects.toThrow(
    'payouts_cancelled_check',
  );
});
