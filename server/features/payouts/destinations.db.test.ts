import { afterEach, describe, expect, it } from 'vitest';
import { saveSetting } from '@/server/features/settings';
import { enrolWorker } from '@/server/features/workers/sign-up-worker';
import type { WorkerActor } from '@/server/platform/actor';
import { db, transaction } from '@/server/platform/db';
import { useTestDatabase } from '@/server/testing/database';
import { createSignIn, createWorker, workerActor } from '@/server/testing/factories';
import { brokenPayments } from '@/server/testing/invariants';
import { makeInvoice } from '@/server/testing/invoices';
import { useLightning } from '@/server/testing/lightning';
import { codeTo } from '@/server/testing/mailbox';
import { useTestClock } from '@/server/testing/use-test-clock';
import { createVerifiedTask } from '@/server/testing/verified-task';
import {
  getPayoutSettings,
  sendPayoutCode,
  setPayoutDestination,
  setPayoutTiming,
} from './payout-settings';
import { sendPayout } from './send-payout';
import { gatherPayouts, sendGathered, withdrawPayouts } from './withdraw-payouts';

useTestDatabase();
const lightning = useLightning();

const time = useTestClock();

const DAY_MS = 24 * 60 * 60_000;

/** Somebody of the public pool who signs in with a password. */
async function person(): Promise<{ actor: WorkerActor; password: string }> {
  const { id: userId, password } = await createSignIn();
  await db.user.update({ where: { id: userId }, data: { emailConfirmedAt: new Date() } });
  const worker = await transaction((tx) =>
    enrolWorker(tx, { userId, displayName: 'Ada', organizationId: null }),
  );
  return { actor: await workerActor(worker), password };
}

async function earn({ workerId }: WorkerActor, payoutSats = 100n): Promise<string> {
  const { payoutIds } = await createVerifiedTask({
    ...{ mode: 'live' as const, payoutSats, workerIds: [workerId] },
  });
  return payoutIds[0] ?? '';
}

const payoutOf = (id: string) => db.payout.findUniqueOrThrow({ where: { id } });
const mailsTo = async ({ userId }: WorkerActor) => {
  const { email } = await db.user.findUniqueOrThrow({ where: { id: userId } });
  return db.email.count({ where: { to: email, template: 'payout-destination-changed' } });
};

describe('where a worker is paid', () => {
  it('is first said without a password, and is paid over Lightning from then on', async () => {
    const { actor } = await person();
    const address = lightning.wallet.addressOf('ada');
    const settings = await setPayoutDestination(actor, { address });
    expect(settings).toMatchObject({ rail: 'lightning', destination: address, heldUntil: null });
    await sendPayout(await earn(actor));
    expect(lightning.wallet.received.get('ada')).toBe(100);
    expect(await mailsTo(actor)).toBe(1);
  });

  it('changes by a code from the e-mail where there is no password, each code once', async () => {
    const { actor } = await person();
    const { email } = await db.user.update({
      where: { id: actor.userId },
      data: { passwordHash: null },
    });
    await setPayoutDestination(actor, { address: lightning.wallet.addressOf('ada') });
    expect(await getPayoutSettings(actor)).toMatchObject({ asks: 'code' });
    const address = lightning.wallet.addressOf('ada-too');
    const wrong = { status: 400, code: 'wrong_code', param: 'code' };
    await expect(setPayoutDestination(actor, { address })).rejects.toMatchObject(wrong);
    await sendPayoutCode(actor);
    const former = await codeTo(email);
    await sendPayoutCode(actor);
    const code = await codeTo(email);
    const stranger = await person();
    await db.user.update({ where: { id: stranger.actor.userId }, data: { passwordHash: null } });
    await setPayoutDestination(stranger.actor, { address: lightning.wallet.addressOf('thief') });
    for (const [who, given] of [
      [actor, former],
      [stranger.actor, code],
    ] as const) {
      const change = setPayoutDestination(who, { address, code: given });
      await expect(change).rejects.toMatchObject(wrong);
    }
    // An address that takes nothing costs no code.
    await expect(
      setPayoutDestination(actor, { address: 'nobody@127.0.0.1:1', code }),
    ).rejects.toMatchObject({ status: 422 });
    const spaced = `${code.slice(0, 4)} ${code.slice(4)}`;
    const changed = await setPayoutDestination(actor, { address, code: spaced });
    expect(changed).toMatchObject({ destination: address, heldUntil: expect.any(Date) });
    await expect(setPayoutDestination(actor, { address: null, code })).rejects.toMatchObject(wrong);
    await sendPayoutCode(actor);
    const late = await codeTo(email);
    time.advanceMs(16 * 60_000);
    await expect(setPayoutDestination(actor, { address: null, code: late })).rejects.toMatchObject(
      wrong,
    );
  });

  it('is not guessed: a code is tried ten times in a quarter of an hour', async () => {
    const { actor } = await person();
    const { email } = await db.user.update({
      where: { id: actor.userId },
      data: { passwordHash: null },
    });
    await setPayoutDestination(actor, { address: lightning.wallet.addressOf('ada') });
    await sendPayoutCode(actor);
    const code = await codeTo(email);
    for (let n = 0; n < 10; n++) {
      await expect(setPayoutDestination(actor, { address: null, code: '0' })).rejects.toMatchObject(
        { code: 'wrong_code' },
      );
    }
    await expect(setPayoutDestination(actor, { address: null, code })).rejects.toMatchObject({
      code: 'wrong_code',
    });
  });

  it('changes with the password alone; nothing is sent for a day, and the worker is told', async () => {
    const { actor, password } = await person();
    await setPayoutDestination(actor, { address: lightning.wallet.addressOf('ada') });
    const waiting = await earn(actor);
    const address = lightning.wallet.addressOf('thief');
    await expect(setPayoutDestination(actor, { address })).rejects.toMatchObject({
      ...{ status: 400, code: 'wrong_password', param: 'currentPassword' },
    });
    const given = { address, currentPassword: password };
    const { heldUntil } = await setPayoutDestination(actor, given);
    expect(heldUntil?.getTime()).toBe(time.nowMs() + DAY_MS);
    expect(await mailsTo(actor)).toBe(2);
    expect(await payoutOf(waiting)).toMatchObject({ status: 'held' });
    const later = await earn(actor);
    expect(await payoutOf(later)).toMatchObject({ status: 'held' });
    await expect(withdrawPayouts(actor)).rejects.toMatchObject({ code: 'payouts_held' });
    await sendGathered();
    expect(await payoutOf(later)).toMatchObject({ status: 'held' });
    time.advanceMs(DAY_MS + 1);
    await sendGathered();
    await sendPayout(waiting);
    expect(lightning.wallet.received.get('thief')).toBe(200);
    expect(await brokenPayments()).toEqual([]);
  });

  it('cannot be made a first address again by taking it away', async () => {
    const { actor, password } = await person();
    await setPayoutDestination(actor, { address: lightning.wallet.addressOf('ada') });
    await setPayoutDestination(actor, { address: null, currentPassword: password });
    const address = lightning.wallet.addressOf('thief');
    await expect(setPayoutDestination(actor, { address })).rejects.toMatchObject({ status: 400 });
    expect((await getPayoutSettings(actor)).heldUntil).not.toBeNull();
  });

  it('is said by one of two who say it at once', async () => {
    const { actor } = await person();
    const addresses = ['ada', 'eve'].map((name) => lightning.wallet.addressOf(name));
    const ends = await Promise.allSettled(
      addresses.map((address) => setPayoutDestination(actor, { address })),
    );
    const refused = ends.flatMap((end) => (end.status === 'rejected' ? [end.reason] : []));
    for (const reason of refused) {
      expect(reason).toMatchObject({
        code: expect.stringMatching(/destination_changed|wrong_password/),
      });
    }
    const { heldUntil } = await getPayoutSettings(actor);
    expect(refused.length === 1 || heldUntil !== null).toBe(true);
  });
});

describe('what a new worker earns', () => {
  afterEach(() => db.instanceSetting.deleteMany());

  it('is kept for the first days where operators say so', async () => {
    const operator = { kind: 'operator' as const, userId: (await createSignIn()).id };
    await transaction((tx) =>
      saveSetting(tx, { ...operator, mode: 'live' }, 'payouts', { newWorkerHoldDays: 3 }),
    );
    const { actor, password } = await person();
    const address = lightning.wallet.addressOf('ada');
    await setPayoutDestination(actor, { address, currentPassword: password });
    const id = await earn(actor);
    expect(await payoutOf(id)).toMatchObject({ status: 'held' });
    expect((await getPayoutSettings(actor)).heldUntil?.getTime()).toBe(time.nowMs() + 3 * DAY_MS);
    time.advanceMs(3 * DAY_MS + 1);
    await sendGathered();
    await sendPayout(id);
    expect(await payoutOf(id)).toMatchObject({ status: 'paid' });
  });
});

describe('a threshold', () => {
  it('keeps what is earned until it comes to that much, and then sends it in one payment', async () => {
    const { actor } = await person();
    await setPayoutDestination(actor, { address: lightning.wallet.addressOf('ada') });
    await setPayoutTiming(actor, { timing: 'at_threshold', thresholdSats: 250 });
    const ids = [await earn(actor), await earn(actor)];
    expect(await gatherPayouts(ids[1] ?? '')).toBe(0);
    ids.push(await earn(actor));
    expect(await gatherPayouts(ids[2] ?? '')).toBe(3);
    await Promise.all(ids.map(sendPayout));
    expect([...lightning.wallet.paid.values()]).toEqual([1]);
    expect(lightning.wallet.received.get('ada')).toBe(300);
    expect(await brokenPayments()).toEqual([]);
  });

  it('that is lowered sends what is kept at once', async () => {
    const { actor } = await person();
    await setPayoutDestination(actor, { address: lightning.wallet.addressOf('ada') });
    await setPayoutTiming(actor, { timing: 'at_threshold', thresholdSats: 500 });
    const id = await earn(actor);
    await setPayoutTiming(actor, { timing: 'at_threshold', thresholdSats: 100 });
    expect(await payoutOf(id)).toMatchObject({ status: 'pending' });
  });
});

describe('a withdrawal to an invoice', () => {
  async function keeps(sats: bigint) {
    const { actor } = await person();
    await setPayoutTiming(actor, { timing: 'on_withdrawal' });
    const ids = [await earn(actor, sats), await earn(actor, sats)];
    return { actor, ids };
  }

  it('pays all that is kept to it, once', async () => {
    const { actor, ids } = await keeps(150n);
    const { text, paymentHash } = lightning.wallet.makeInvoice(300n);
    const calls = [1, 2].map(() => withdrawPayouts(actor, { invoice: text }));
    const amounts = (await Promise.all(calls)).map(({ amountSats }) => amountSats);
    expect(amounts.toSorted()).toEqual([0, 300]);
    await Promise.all(ids.map(sendPayout));
    expect(lightning.wallet.paid.get(paymentHash)).toBe(1);
    expect(await brokenPayments()).toEqual([]);
  });

  it.each([
    ['over another amount', () => makeInvoice({ amountSats: 299n }).text, /299 sats, but 300/],
    ['without an amount', () => makeInvoice({ amountSats: null }).text, /has no amount/],
    ['of a test network', () => makeInvoice({ amountSats: 300n, network: 'tb' }).text, /testnet/],
    [
      'that is about to expire',
      () => makeInvoice({ amountSats: 300n, expirySeconds: 30 }).text,
      /expired/,
    ],
    ['that is none', () => 'lnbc1', /not a Lightning invoice/],
  ])('%s is refused, and nothing is released', async (_what, invoice, says) => {
    const { actor, ids } = await keeps(150n);
    await expect(withdrawPayouts(actor, { invoice: invoice() })).rejects.toMatchObject({
      ...{ status: 422, code: 'unusable_invoice', message: expect.stringMatching(says) },
    });
    expect(await payoutOf(ids[0] ?? '')).toMatchObject({ status: 'held' });
  });

  it('is not for play sats', async () => {
    const actor = await workerActor(await createWorker({ mode: 'test' }));
    const invoice = makeInvoice().text;
    await expect(withdrawPayouts(actor, { invoice })).rejects.toMatchObject({ status: 422 });
  });
});
