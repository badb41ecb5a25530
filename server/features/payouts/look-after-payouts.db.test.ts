import { afterEach, describe, expect, it } from 'vitest';
import { reconcile } from '@/server/features/ledger';
import type { Actor } from '@/server/platform/actor';
import { db } from '@/server/platform/db';
import { newId } from '@/server/platform/ids';
import { useTestDatabase } from '@/server/testing/database';
import { createOrganization } from '@/server/testing/factories';
import { useTestClock } from '@/server/testing/use-test-clock';
import { createVerifiedTask } from '@/server/testing/verified-task';
import { findPayouts, getPayout, listRails } from './find-payouts';
import { getEarnings } from './get-earnings';
import { holdPayoutBack, lookUpNow, releasePayout, retryPayout } from './look-after-payout';
import { countTroubledPayouts, countWithoutRail } from './payout-states';
import { listPayouts } from './queries';
import { sendPayout } from './send-payout';
import { sweepPayouts } from './sweep-payouts';
import { sendGathered, withdrawPayouts } from './withdraw-payouts';

useTestDatabase();

const operator: Actor = { kind: 'operator', userId: newId(), mode: 'test' };
const MINUTE_MS = 60_000;

const time = useTestClock();
afterEach(async () => {
  await db.attemptPayout.deleteMany();
  await db.payout.deleteMany();
  await db.payoutAttempt.deleteMany();
});

async function onePayout(destination?: string, more: { kept?: boolean } = {}) {
  const { payoutIds, workerIds, taskId, organizationId } = await createVerifiedTask({
    destination,
    ...more,
  });
  const workerId = workerIds[0] ?? '';
  const worker = { kind: 'worker', workerId, userId: newId(), mode: 'test' } as const;
  return { id: payoutIds[0] ?? '', worker, taskId, organizationId };
}

const logOf = async (id: string) =>
  (
    await db.auditEntry.findMany({ where: { subject: `payout:${id}` }, orderBy: { id: 'asc' } })
  ).map(({ action, organizationId }) => ({ action, organizationId }));

describe('a payout whose outcome is not known', () => {
  it('is looked up at once, and nothing is sent a second time', async () => {
    const { id, organizationId } = await onePayout('answer-lost@sandbox');
    await sendPayout(id);
    expect(await getPayout(operator, { id })).toMatchObject({
      status: 'sending',
      acts: ['look_up'],
      tries: [
        { number: 1, status: 'unknown', error: 'The connection to the play rail broke off.' },
      ],
    });
    expect(await lookUpNow(operator, { id })).toMatchObject({ status: 'paid', acts: [] });
    expect(await db.payoutAttempt.count({ where: { carried: { some: { payoutId: id } } } })).toBe(
      1,
    );
    expect(await logOf(id)).toEqual([{ action: 'payout.looked_up', organizationId }]);
    expect(await reconcile()).toMatchObject({ ok: true });
  });

  it('that never reached the rail waits for another try after it was looked up', async () => {
    const { id } = await onePayout('request-lost@sandbox');
    await sendPayout(id);
    const after = await lookUpNow(operator, { id });
    expect(after).toMatchObject({ status: 'pending', acts: ['hold_back'] });
    expect(after.tries).toMatchObject([{ status: 'failed' }]);
    await expect(lookUpNow(operator, { id })).rejects.toMatchObject({ code: 'payout_changed' });
  });

  it('is counted and found as such after a minute, whichever mode is on show', async () => {
    const { id } = await onePayout('answer-lost@sandbox');
    await sendPayout(id);
    const unknown = async () => {
      const found = await countTroubledPayouts(10);
      return found.find(({ trouble, mode }) => trouble === 'unknown' && mode === 'test')?.count;
    };
    expect(await unknown()).toBe(0);
    time.advanceMs(2 * MINUTE_MS);
    expect(await unknown()).toBe(1);
    const live: Actor = { kind: 'operator', userId: newId(), mode: 'live' };
    const { data } = await findPayouts(live, { state: 'unknown', mode: 'test' });
    expect(data).toMatchObject([{ id, trouble: 'unknown', attempts: 1 }]);
    expect((await findPayouts(live, { state: 'unknown' })).data).toEqual([]);
  });
});

describe('a payout that waits to be sent', () => {
  it('is held back with a reason its worker reads; neither sweep nor withdrawal sends it', async () => {
    const { id, worker, taskId } = await onePayout();
    const held = await holdPayoutBack(operator, { id, reason: 'The address looks wrong.' });
    expect(held).toMatchObject({ status: 'held', acts: ['release'] });
    expect(held.log).toMatchObject([
      { action: 'payout.held_back', reason: 'The address looks wrong.' },
    ]);
    time.advanceMs(10 * MINUTE_MS);
    expect(await sendGathered()).toBe(0);
    expect(await sweepPayouts()).toEqual({ swept: 0 });
    expect(await withdrawPayouts(worker)).toMatchObject({ payouts: 0 });
    expect(await sendPayout(id)).toEqual({ state: 'closed' });
    expect(await db.payoutAttempt.count({ where: { carried: { some: { payoutId: id } } } })).toBe(
      0,
    );
    const [line] = (await listPayouts(worker)).data;
    expect(line?.failureReason).toBe('Held back by an operator: The address looks wrong.');
    expect(await getEarnings(worker)).toMatchObject({ heldSats: 0, pendingSats: 100 });
    // The customer's task does not wait for it.
    expect(await db.taskEvent.count({ where: { taskId, type: 'task.completed' } })).toBe(1);

    expect(await releasePayout(operator, { id })).toMatchObject({ status: 'pending' });
    expect(await sendPayout(id)).toEqual({ state: 'closed' });
    expect(await getPayout(operator, { id })).toMatchObject({ status: 'paid', acts: [] });
    expect(await reconcile()).toMatchObject({ ok: true });
  });

  it('is not held back once it is being sent, nor twice at once', async () => {
    const { id } = await onePayout('answer-lost@sandbox');
    await sendPayout(id);
    const hold = { id, reason: 'Too late for that.' };
    await expect(holdPayoutBack(operator, hold)).rejects.toMatchObject({ status: 409 });
    const { id: other } = await onePayout();
    const outcomes = await Promise.allSettled([
      holdPayoutBack(operator, { ...hold, id: other }),
      sendPayout(other),
      holdPayoutBack(operator, { ...hold, id: other }),
    ]);
    const { status } = await getPayout(operator, { id: other });
    const holds = [outcomes[0], outcomes[2]].filter((each) => each?.status === 'fulfilled');
    expect([status, holds.length]).toEqual(status === 'paid' ? ['paid', 0] : ['held', 1]);
  });

  it('is kept when it is released, where its worker withdraws by themselves', async () => {
    const { id, worker } = await onePayout();
    await holdPayoutBack(operator, { id, reason: 'A look first.' });
    await db.worker.update({
      where: { id: worker.workerId },
      data: { payoutTiming: 'on_withdrawal' },
    });
    expect(await releasePayout(operator, { id })).toMatchObject({
      status: 'held',
      holdReason: null,
      acts: [],
    });
    expect(await withdrawPayouts(worker)).toMatchObject({ payouts: 1 });
  });

  it('of a worker’s own keeping is not the operator’s to release', async () => {
    const { id } = await onePayout(undefined, { kept: true });
    expect((await getPayout(operator, { id })).acts).toEqual([]);
    await expect(releasePayout(operator, { id })).rejects.toMatchObject({ status: 409 });
  });
});

it('that was given up is tried again to the destination of now, once', async () => {
  const { id, worker } = await onePayout('refused@sandbox');
  await sendPayout(id);
  expect(await getPayout(operator, { id })).toMatchObject({
    status: 'failed',
    trouble: 'failed',
    failureReason: 'The destination does not exist.',
    acts: ['retry'],
  });
  await db.worker.update({
    where: { id: worker.workerId },
    data: { payoutDestination: 'right@sandbox' },
  });
  const retries = await Promise.allSettled([
    retryPayout(operator, { id }),
    retryPayout(operator, { id }),
  ]);
  expect(retries.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
  await sendPayout(id);
  const paid = await getPayout(operator, { id });
  expect(paid).toMatchObject({ status: 'paid', destination: 'right@sandbox' });
  expect(paid.tries.map(({ status }) => status)).toEqual(['failed', 'settled']);
  expect(await reconcile()).toMatchObject({ ok: true });
});

describe('the list', () => {
  it('is narrowed by state, rail, worker, organization and age, and comes in pages', async () => {
    const acme = await createOrganization({ name: 'Acme 100%' });
    const first = await createVerifiedTask({ organization: acme, workers: 3 });
    const other = await onePayout();
    const ids = async (filter: Parameters<typeof findPayouts>[1]) =>
      (await findPayouts(operator, filter)).data.map(({ id }) => id).sort();
    const own = [...first.payoutIds].sort();
    expect(await ids({ organization: '100%' })).toEqual(own);
    expect(await ids({ organization: acme.id, rail: 'internal' })).toEqual([]);
    expect(await ids({ worker: other.worker.workerId })).toEqual([other.id]);
    expect(await ids({ organization: acme.id, olderThan: 'hour' })).toEqual([]);
    expect(await ids({ organization: acme.id, state: 'stuck' })).toEqual([]);
    time.advanceMs(2 * 60 * MINUTE_MS);
    expect(await ids({ organization: acme.id, olderThan: 'hour' })).toEqual(own);
    expect(await ids({ organization: acme.id, state: 'stuck' })).toEqual(own);
    const page = await findPayouts(operator, { organization: acme.id, limit: 2 });
    const rest = await findPayouts(operator, {
      ...{ organization: acme.id, limit: 2 },
      after: page.next_cursor ?? '',
    });
    expect([...page.data, ...rest.data].map(({ id }) => id).sort()).toEqual(own);
    expect(rest.has_more).toBe(false);
  });

  it('is for operators alone, as is all else', async () => {
    const { id, worker, organizationId } = await onePayout();
    const member = { kind: 'member', organizationId, userId: newId(), role: 'owner', mode: 'test' };
    for (const actor of [worker, member, { kind: 'system' }] as Actor[]) {
      await expect(findPayouts(actor, {})).rejects.toThrow(/operators/);
      await expect(getPayout(actor, { id })).rejects.toThrow(/operators/);
      await expect(lookUpNow(actor, { id })).rejects.toThrow(/operators/);
      await expect(holdPayoutBack(actor, { id, reason: 'I want to.' })).rejects.toThrow(
        /operators/,
      );
      await expect(releasePayout(actor, { id })).rejects.toThrow(/operators/);
      await expect(retryPayout(actor, { id })).rejects.toThrow(/operators/);
      expect(() => listRails(actor)).toThrow(/operators/);
    }
    await expect(getPayout(operator, { id: newId() })).rejects.toMatchObject({ status: 404 });
    expect(listRails(operator)).toContain('internal');
  });
});

it('counts workers in live mode whose rail pays no real sats', async () => {
  const { worker } = await onePayout();
  await db.worker.update({ where: { id: worker.workerId }, data: { mode: 'live' } });
  expect(await countWithoutRail()).toEqual({ count: 1, rails: ['sandbox'] });
  await db.worker.update({ where: { id: worker.workerId }, data: { payoutRail: 'internal' } });
  expect(await countWithoutRail()).toEqual({ count: 0, rails: [] });
});
