import { randomUUID } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { listEarnings, listStatement } from '@/server/features/ledger/list-statement';
import { getBalance, workerBalance } from '@/server/features/ledger/queries';
import { reconcile } from '@/server/features/ledger/reconcile-ledger';
import { type Actor, SYSTEM, type WorkerActor } from '@/server/platform/actor';
import { db } from '@/server/platform/db';
import { newId } from '@/server/platform/ids';
import { useTestDatabase } from '@/server/testing/database';
import { createOrganization, createWorker, memberActor } from '@/server/testing/factories';
import { createVerifiedTask } from '@/server/testing/verified-task';
import { adjustAccount, reverseAdjustment } from './adjust-account';
import { listAdjustments } from './list-adjustments';
import type { AdjustAccount } from './schema';

useTestDatabase();

const operator: Actor = { kind: 'operator', userId: newId(), mode: 'test' };
const reason = 'The task was down for an hour.';

const adjustment = (owner: string, amountSats: number, over: Partial<AdjustAccount> = {}) => ({
  ...({ key: randomUUID(), mode: 'test', accountKind: 'organization_available' } as const),
  ...{ owner, amountSats, reason, ...over },
});
const ofWorker = { accountKind: 'worker_payable' } as const;

async function customer() {
  const organization = await createOrganization({ funds: 1_000n });
  return { id: organization.id, owner: await memberActor(organization) };
}

describe('an organization’s adjustment', () => {
  it('adds and takes, is read with its reason, and is taken back once', async () => {
    const { id, owner } = await customer();
    expect(await adjustAccount(operator, adjustment(id, 500))).toMatchObject({
      balanceSats: 1_500,
      again: false,
    });
    await adjustAccount(operator, adjustment(id, -200));
    const [taken] = (await listAdjustments(operator, { owner: id })).data;
    const back = { key: randomUUID(), adjustmentId: taken?.id ?? '', reason: 'It was right.' };
    expect(await reverseAdjustment(operator, back)).toMatchObject({ balanceSats: 1_500 });
    expect(await reverseAdjustment(operator, back)).toMatchObject({ again: true });
    await expect(reverseAdjustment(operator, { ...back, key: randomUUID() })).rejects.toMatchObject(
      { code: 'adjustment_not_reversible' },
    );
    const { data } = await listStatement(owner, { group: 'adjusted' });
    expect(data.map((line) => [line.what, line.available_sats, line.reason])).toEqual([
      ['Adjustment taken back', 200, 'It was right.'],
      ['Adjusted by the operator', -200, reason],
      ['Adjusted by the operator', 500, reason],
    ]);
    const lines = (await listAdjustments(operator, { owner: id })).data;
    expect(lines.map(({ amountSats, isReversed }) => [amountSats, isReversed])).toEqual([
      [200, false],
      [-200, true],
      [500, false],
    ]);
    await expect(
      reverseAdjustment(operator, {
        ...{ key: randomUUID(), adjustmentId: lines[0]?.id ?? '', reason: 'Back again.' },
      }),
    ).rejects.toMatchObject({ code: 'adjustment_not_reversible' });
    expect(
      await db.auditEntry.count({ where: { organizationId: id, action: 'balance.adjusted' } }),
    ).toBe(2);
    expect(await reconcile()).toMatchObject({ ok: true });
  });

  it('never takes more than can be spent, however many ask at once', async () => {
    const { id, owner } = await customer();
    const results = await Promise.allSettled(
      Array.from({ length: 6 }, () => adjustAccount(operator, adjustment(id, -300))),
    );
    expect(results.filter(({ status }) => status === 'fulfilled')).toHaveLength(3);
    await expect(adjustAccount(operator, adjustment(id, -101))).rejects.toMatchObject({
      status: 409,
      code: 'balance_not_left',
      message: /has 100 sats to spend/,
    });
    expect(await getBalance(owner)).toMatchObject({ available_sats: 100 });
  });

  it('counts once by its key, however often and however many at once ask', async () => {
    const { id, owner } = await customer();
    const same = adjustment(id, 50);
    const receipts = await Promise.all(
      Array.from({ length: 8 }, () => adjustAccount(operator, same)),
    );
    expect(receipts.filter(({ again }) => !again)).toHaveLength(1);
    expect(await getBalance(owner)).toMatchObject({ available_sats: 1_050 });
    await expect(adjustAccount(operator, { ...same, amountSats: 60 })).rejects.toMatchObject({
      code: 'idempotency_mismatch',
    });
  });

  it('is for operators alone, and adds nothing to who is closed', async () => {
    const { id, owner } = await customer();
    for (const actor of [owner, SYSTEM]) {
      await expect(adjustAccount(actor, adjustment(id, 1))).rejects.toMatchObject({ status: 403 });
    }
    await expect(adjustAccount(operator, adjustment(newId(), 1))).rejects.toMatchObject({
      status: 404,
    });
    await db.organization.update({ where: { id }, data: { deletedAt: new Date() } });
    await expect(adjustAccount(operator, adjustment(id, 1))).rejects.toMatchObject({
      code: 'organization_closed',
    });
  });

  it('is never changed, not even by hand', async () => {
    const { id } = await customer();
    await adjustAccount(operator, adjustment(id, 1));
    await expect(
      db.$executeRaw`UPDATE ledger_adjustments SET amount_sats = 2 WHERE owner = ${id}`,
    ).rejects.toThrow('append-only');
  });
});

describe('a worker’s adjustment', () => {
  it('stands in the balance and the earnings, and never takes what answers have earned', async () => {
    const { workerIds } = await createVerifiedTask({ kept: true });
    const workerId = workerIds[0] ?? '';
    const worker: WorkerActor = { kind: 'worker', workerId, userId: newId(), mode: 'test' };
    await adjustAccount(operator, adjustment(workerId, 90, ofWorker));
    expect(await workerBalance(worker)).toMatchObject({ payableSats: 190 });
    await expect(
      adjustAccount(operator, adjustment(workerId, -91, ofWorker)),
    ).rejects.toMatchObject({ code: 'balance_not_left', message: /^90 sats/ });
    const { data } = await listEarnings(worker, {});
    expect(data).toMatchObject([
      { what: 'Adjusted by the operator', payableSats: 90, payableAfterSats: 190, reason },
      {
        what: 'Answer accepted',
        payableSats: 100,
        payableAfterSats: 100,
        taskType: 'content_review',
      },
    ]);
    expect(await reconcile()).toMatchObject({ ok: true });
  });

  it('does not find a worker of the other mode', async () => {
    const { id } = await createWorker({ mode: 'live' });
    await expect(adjustAccount(operator, adjustment(id, 1, ofWorker))).rejects.toMatchObject({
      status: 404,
    });
  });
});

it.each([0, 0.5, 100_000_001, -100_000_001])('refuses the amount of %s', async (amountSats) => {
  await expect(adjustAccount(operator, adjustment(newId(), amountSats))).rejects.toMatchObject({
    name: 'ZodError',
  });
});
