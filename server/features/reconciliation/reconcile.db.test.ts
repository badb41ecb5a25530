import { afterEach, describe, expect, it } from 'vitest';
import { createDeposit } from '@/server/features/deposits/create-deposit';
import { sweepDeposits } from '@/server/features/deposits/sweep-deposits';
import { reconcile } from '@/server/features/ledger';
import { addRail } from '@/server/features/payouts/rails/configure-rails';
import { testRail } from '@/server/features/payouts/rails/test-rail';
import { sendPayout } from '@/server/features/payouts/send-payout';
import { db } from '@/server/platform/db';
import { newId } from '@/server/platform/ids';
import { useTestDatabase } from '@/server/testing/database';
import { createOrganization, memberActor } from '@/server/testing/factories';
import { useLightning } from '@/server/testing/lightning';
import { startStrikeDouble } from '@/server/testing/strike-double';
import { useTestClock } from '@/server/testing/use-test-clock';
import { createVerifiedTask } from '@/server/testing/verified-task';
import { getReconciliation, troubledReconciliation } from './queries';
import { reconcileRails } from './reconcile-rails';
import { resolveDifference } from './resolve-difference';

useTestDatabase();
const lightning = useLightning();

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
const operator = { kind: 'operator', userId: newId(), mode: 'live' } as const;

const time = useTestClock();
afterEach(async () => {
  await db.directPayment.deleteMany();
  await db.railDifference.deleteMany();
  await db.railReconcile.deleteMany();
  await db.railReconcileCursor.deleteMany();
});

/** Pays a worker, or tries to; returns the attempt and the wallet's payment. */
async function pay(destination = lightning.wallet.addressOf(`w${newId().slice(-8)}`)) {
  const made = await createVerifiedTask({ mode: 'live', rail: 'lightning', destination });
  const [payoutId = ''] = made.payoutIds;
  await sendPayout(payoutId);
  const [attempt] = await db.payoutAttempt.findMany({
    where: { carried: { some: { payoutId } } },
  });
  if (!attempt) throw new Error('It was not begun.');
  const payment = lightning.wallet.payments.get(attempt.paymentHash ?? '');
  return { payoutId, attempt, payment, paymentHash: attempt.paymentHash ?? '' };
}

/** Advances a day and reconciles everything that has ended. */
async function night(): Promise<void> {
  time.advanceMs(DAY_MS);
  expect(await reconcileRails({ budgetMs: 60_000 })).toMatchObject({ isDone: true });
}

const view = () => getReconciliation(operator);
const open = async () => (await view()).open;
const lineOf = async () => (await view()).rails[0];

describe('payments that have ended', () => {
  it('agree with the rail: nothing is told, and each is asked about once', async () => {
    lightning.wallet.feeSats = 2;
    await pay();
    lightning.wallet.fate = 'fails';
    await pay();
    lightning.wallet.fate = 'pays';
    const { id } = await db.rail.findFirstOrThrow();
    const destination = lightning.wallet.addressOf('operator');
    await testRail(operator, { key: newId(), id, destination });
    await night();
    expect(await open()).toEqual([]);
    expect(await lineOf()).toMatchObject({ checked: 3, unanswered: 0, error: null });
    await night();
    expect(await lineOf()).toMatchObject({ checked: 0 });
  });

  it('are told of where the rail says that it did not pay, until it says that it did', async () => {
    const { attempt, payment, payoutId } = await pay();
    if (!payment) throw new Error('It was not paid.');
    payment.status = 'failed';
    await night();
    await night();
    expect(await open()).toMatchObject([
      {
        ...{ kind: 'not_paid', of: { what: 'attempt', id: attempt.id }, sats: 100 },
        ...{ expected: 'Paid 100 sats, with a fee of 0 sats.', href: `/ops/payouts/${payoutId}` },
      },
    ]);
    const { differences } = await troubledReconciliation();
    expect(differences).toMatchObject({ count: 1, oldest: expect.any(Date) });
    payment.status = 'success';
    // Long outside of the window.
    time.advanceMs(30 * DAY_MS);
    await night();
    expect(await view()).toMatchObject({ open: [], resolved: [{ resolvedBy: 'system' }] });
    expect((await troubledReconciliation()).differences.count).toBe(0);
  });

  it('are told of where a rail switched off has paid what had failed', async () => {
    lightning.wallet.fate = 'fails';
    const { paymentHash } = await pay();
    await db.rail.updateMany({ data: { enabled: false } });
    lightning.wallet.payments.set(paymentHash, {
      ...{ status: 'success', preimage: null, amountMsats: -100_000, feeMsats: -1_000 },
    });
    await night();
    expect(await open()).toMatchObject([
      { kind: 'paid', sats: 101, found: 'It was paid, with a fee of 1 sat.' },
    ]);
  });

  it('are not mistaken for the next attempt, which paid the same invoice', async () => {
    lightning.wallet.fate = 'fails';
    const { payoutId } = await pay(lightning.wallet.makeInvoice(100n).text);
    lightning.wallet.fate = 'pays';
    time.advanceMs(HOUR_MS / 60);
    await sendPayout(payoutId);
    const carried = { carried: { some: { payoutId } } };
    const statuses = await db.payoutAttempt.findMany({ where: carried, orderBy: { id: 'asc' } });
    expect(statuses.map(({ status }) => status)).toEqual(['failed', 'settled']);
    await night();
    expect(await open()).toEqual([]);
  });

  it('are told of where the fee or the proof is another', async () => {
    const [first, second] = [await pay(), await pay()];
    if (first.payment) first.payment.feeMsats = -7_000;
    if (second.payment) second.payment.preimage = '00'.repeat(32);
    await night();
    expect(await open()).toMatchObject([
      { kind: 'fee', sats: 7 },
      { kind: 'preimage', sats: null },
    ]);
  });

  it('wait for the next night where the rail gives no answer, and differ in nothing meanwhile', async () => {
    const { payment } = await pay();
    if (payment) payment.status = 'failed';
    lightning.wallet.fate = 'is_down';
    await night();
    expect(await open()).toEqual([]);
    expect(await lineOf()).toMatchObject({ checked: 0, unanswered: 1, error: /did not answer/ });
    await night();
    await night();
    expect((await troubledReconciliation()).failing).toMatchObject([{ error: /did not answer/ }]);
    lightning.wallet.fate = 'pays';
    await night();
    expect(await open()).toMatchObject([{ kind: 'not_paid' }]);
    expect(await lineOf()).toMatchObject({ checked: 1, failingSince: null, error: null });
  });

  it('are compared in pieces, each once, and by one process at a time', async () => {
    for (let n = 0; n < 3; n++) await pay();
    time.advanceMs(DAY_MS);
    const cut = await reconcileRails({ budgetMs: -1 });
    expect(cut.isDone).toBe(false);
    await Promise.all([1, 2, 3].map(() => reconcileRails({ budgetMs: 60_000, ...cut })));
    expect(await lineOf()).toMatchObject({ checked: 3 });
    await reconcileRails({ budgetMs: 60_000, ...cut });
    expect(await lineOf()).toMatchObject({ checked: 3 });
  });
});

it('payments that were refused before their rail has named them differ in nothing', async () => {
  const strike = await startStrikeDouble();
  strike.fate = 'refuses';
  await db.rail.updateMany({ data: { enabled: false } });
  const { name } = await addRail(operator, {
    ...{ kind: 'strike', name: 'strike', feeBaseSats: 5, feeBasisPoints: 100 },
    ...{ settings: { apiKey: strike.apiKey, url: strike.url }, lowBalanceSats: null },
  });
  const destination = strike.wallet.newInvoice({ owner: 'payee', amountSats: 100 }).text;
  const { attempt } = await pay(destination);
  expect(attempt).toMatchObject({
    rail: name,
    status: 'failed',
    externalId: expect.stringMatching(/^quote:/),
  });
  await night();
  expect(await open()).toEqual([]);
  const run = (await view()).rails.find(({ rail }) => rail === name);
  expect(run).toMatchObject({ checked: 1, error: null });
  await strike.stop();
});

describe('a difference', () => {
  it('is settled by an operator with a reason, in the audit log, and not told of again', async () => {
    const { payment } = await pay();
    if (payment) payment.feeMsats = -3_000;
    await night();
    const [difference] = await open();
    if (!difference) throw new Error('Nothing was found.');
    const { id, lastSeenAt } = difference;
    const reason = 'The wallet rounds it up.';
    const other = { ...operator, kind: 'worker', workerId: newId() } as never;
    await expect(resolveDifference(other, { id, lastSeenAt, reason })).rejects.toMatchObject({
      status: 403,
    });
    const stale = { id, lastSeenAt: new Date(0), reason };
    await expect(resolveDifference(operator, stale)).rejects.toMatchObject({
      code: 'difference_changed',
    });
    await resolveDifference(operator, { id, lastSeenAt, reason });
    await db.railReconcileCursor.deleteMany();
    await night();
    expect(await view()).toMatchObject({ open: [], resolved: [{ reason, kind: 'fee' }] });
    const said = await db.auditEntry.findFirst({ where: { action: 'rail.difference_resolved' } });
    expect(said?.data).toMatchObject({ kind: 'fee', reason, sats: '3' });
  });
});

describe('deposits that have ended', () => {
  const begin = async () => {
    const actor = await memberActor(await createOrganization({ funds: 0n }), 'live');
    const { id, payment_hash } = await createDeposit(actor, { key: newId(), amountSats: 1_000 });
    const account = { owner: actor.organizationId, kind: 'organization_available' } as const;
    const available = async () =>
      Number((await db.account.findFirst({ where: account }))?.balance ?? 0n);
    return { id, paymentHash: payment_hash ?? '', available };
  };
  const expire = async () => {
    for (let n = 0; n < 3; n++) {
      time.advanceMs(26 * HOUR_MS);
      await sweepDeposits();
    }
  };

  it('that are credited are told of where the rail has not got them, or another amount', async () => {
    const [good, gone, less] = [await begin(), await begin(), await begin()];
    for (const { paymentHash } of [good, gone, less]) lightning.wallet.receive(paymentHash);
    time.advanceMs(15_000);
    await sweepDeposits();
    const [first, second] = [gone, less].map(({ paymentHash }) =>
      lightning.wallet.incoming.get(paymentHash),
    );
    if (first) first.isPaid = false;
    if (second) second.amountMsats = 900_000;
    await night();
    const found = await open();
    expect(found.toSorted((a, b) => (a.kind > b.kind ? 1 : -1))).toMatchObject([
      { kind: 'deposit_amount', of: { id: less.id }, sats: -100 },
      { kind: 'deposit_open', of: { id: gone.id }, sats: 1_000 },
    ]);
  });

  it('that have expired and came in all the same are credited once, and told of', async () => {
    const { id, paymentHash, available } = await begin();
    await expire();
    expect(await db.deposit.findUniqueOrThrow({ where: { id } })).toMatchObject({
      ...{ status: 'expired', nextCheckAt: null },
    });
    await night();
    expect(await open()).toEqual([]);
    lightning.wallet.receive(paymentHash);
    await night();
    await night();
    expect(await available()).toBe(1_000);
    expect(await view()).toMatchObject({
      open: [],
      resolved: [{ kind: 'deposit_late', reason: 'It was credited.', resolvedBy: 'system' }],
    });
    expect(await reconcile()).toMatchObject({ ok: true });
  });
});
