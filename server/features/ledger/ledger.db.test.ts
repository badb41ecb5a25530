import { describe, expect, it } from 'vitest';
import { db, transaction } from '@/server/platform/db';
import { newId } from '@/server/platform/ids';
import { useTestDatabase } from '@/server/testing/database';
import { holdForTask, holdForTasks, UNKEYED } from '@/server/testing/hold-for-tasks';
import {
  chargeTask,
  deposit,
  getBalance,
  InsufficientFunds,
  type Posting,
  payoutReservation,
  payoutSettlement,
  postAll,
  releaseHold,
  returnPayout,
  workerBalance,
} from './index';

useTestDatabase();

const mode = 'test' as const;

async function fundedOrganization(sats: bigint): Promise<string> {
  const organizationId = newId();
  await transaction((tx) =>
    deposit(tx, { mode, organizationId, amountSats: sats, reference: `test:${organizationId}` }),
  );
  return organizationId;
}

async function balanceOf(organizationId: string) {
  const { available_sats, held_sats } = await getBalance({
    kind: 'member',
    organizationId,
    mode,
    userId: newId(),
    role: 'viewer',
  });
  return { available: available_sats, held: held_sats };
}

const payableOf = (workerId: string) =>
  workerBalance({ kind: 'worker', workerId, userId: newId(), mode });

/** A task of the organization with this many sats held. */
async function heldTask(organizationId: string, amountSats: bigint): Promise<string> {
  const taskId = newId();
  await transaction((tx) => holdForTask(tx, { mode, organizationId, taskId, amountSats }));
  return taskId;
}

describe('a hold', () => {
  it('moves sats from available to held', async () => {
    const organizationId = await fundedOrganization(1_000n);
    await heldTask(organizationId, 300n);
    expect(await balanceOf(organizationId)).toEqual({ available: 700, held: 300 });
  });

  it('is made once however often it is asked for', async () => {
    const organizationId = await fundedOrganization(1_000n);
    const taskId = await heldTask(organizationId, 300n);
    await transaction((tx) => holdForTask(tx, { mode, organizationId, taskId, amountSats: 300n }));
    expect(await balanceOf(organizationId)).toEqual({ available: 700, held: 300 });
  });

  it('is refused with what is there and what is needed, and leaves nothing behind', async () => {
    const organizationId = await fundedOrganization(100n);
    const taskId = newId();
    const refused = transaction((tx) =>
      holdForTask(tx, { mode, organizationId, taskId, amountSats: 101n }),
    );
    await expect(refused).rejects.toBeInstanceOf(InsufficientFunds);
    await expect(refused).rejects.toMatchObject({
      status: 402,
      code: 'insufficient_funds',
      details: { available_sats: 100, required_sats: 101 },
    });
    expect(await db.posting.count({ where: { reference: `task:${taskId}` } })).toBe(0);
    expect(await balanceOf(organizationId)).toEqual({ available: 100, held: 0 });
  });

  it('is refused for an organization that never had a sat', async () => {
    const hold = { mode, organizationId: newId(), taskId: newId(), amountSats: 1n };
    await expect(transaction((tx) => holdForTask(tx, hold))).rejects.toMatchObject({
      details: { available_sats: 0, required_sats: 1 },
    });
  });

  it('of several tasks is made for all of them or for none', async () => {
    const organizationId = await fundedOrganization(100n);
    const holds = [60n, 60n].map((amountSats) => ({ taskId: newId(), amountSats }));
    await expect(
      transaction((tx) => holdForTasks(tx, { mode, organizationId, holds })),
    ).rejects.toBeInstanceOf(InsufficientFunds);
    expect(await balanceOf(organizationId)).toEqual({ available: 100, held: 0 });
    await transaction((tx) =>
      holdForTasks(tx, {
        mode,
        organizationId,
        holds: holds.map((hold) => ({ ...hold, amountSats: 50n })),
      }),
    );
    expect(await balanceOf(organizationId)).toEqual({ available: 0, held: 100 });
  });

  it('of one mode never touches the other', async () => {
    const organizationId = await fundedOrganization(100n);
    const hold = { mode: 'live' as const, organizationId, taskId: newId(), amountSats: 1n };
    await expect(transaction((tx) => holdForTask(tx, hold))).rejects.toBeInstanceOf(
      InsufficientFunds,
    );
  });
});

describe('closing a hold', () => {
  it('pays every worker and the fee, and gives the rest back', async () => {
    const organizationId = await fundedOrganization(1_000n);
    const taskId = await heldTask(organizationId, 500n);
    const [first, second] = [newId(), newId()] as const;
    const charge = {
      mode,
      organizationId,
      taskId,
      heldSats: 500n,
      ...UNKEYED,
      answers: [first, second].map((workerId) => ({ workerId, amountSats: 100n })),
      feeSats: 20n,
    };
    expect(await transaction((tx) => chargeTask(tx, charge))).toBe(true);
    expect(await transaction((tx) => chargeTask(tx, charge))).toBe(false);
    expect(await balanceOf(organizationId)).toEqual({ available: 780, held: 0 });
    expect(await payableOf(first)).toEqual({ payableSats: 100, inFlightSats: 0 });
    expect(await payableOf(second)).toEqual({ payableSats: 100, inFlightSats: 0 });
  });

  it('refuses a charge beyond the hold', async () => {
    const organizationId = await fundedOrganization(1_000n);
    const taskId = await heldTask(organizationId, 100n);
    const charge = transaction((tx) =>
      chargeTask(tx, {
        mode,
        organizationId,
        taskId,
        heldSats: 100n,
        ...UNKEYED,
        answers: [{ workerId: newId(), amountSats: 100n }],
        feeSats: 1n,
      }),
    );
    await expect(charge).rejects.toThrow('cannot be charged 101 sats: its hold is only 100');
  });

  it('frees a hold once, and never after a charge', async () => {
    const organizationId = await fundedOrganization(1_000n);
    const taskId = await heldTask(organizationId, 100n);
    const hold = { mode, organizationId, taskId, heldSats: 100n, ...UNKEYED };
    const release = () => transaction((tx) => releaseHold(tx, { ...hold, reason: 'expired' }));
    expect(await release()).toBe(true);
    expect(await release()).toBe(false);
    expect(await balanceOf(organizationId)).toEqual({ available: 1_000, held: 0 });
    const charge = transaction((tx) =>
      chargeTask(tx, {
        ...hold,
        answers: [{ workerId: newId(), amountSats: 100n }],
        feeSats: 0n,
      }),
    );
    await expect(charge).rejects.toThrow();
    expect(await balanceOf(organizationId)).toEqual({ available: 1_000, held: 0 });
  });
});

async function workerWith(sats: bigint): Promise<string> {
  const organizationId = await fundedOrganization(sats);
  const taskId = await heldTask(organizationId, sats);
  const workerId = newId();
  await transaction((tx) =>
    chargeTask(tx, {
      mode,
      organizationId,
      taskId,
      heldSats: sats,
      ...UNKEYED,
      answers: [{ workerId, amountSats: sats }],
      feeSats: 0n,
    }),
  );
  return workerId;
}

const posts = async (posting: Posting) =>
  (await transaction((tx) => postAll(tx, [posting]))).has(posting.id);

describe('a payout', () => {
  it('goes from payable through in flight to the rail, each step once', async () => {
    const workerId = await workerWith(100n);
    const move = { mode, workerId, attemptId: newId(), amountSats: 100n };
    expect(await posts(payoutReservation(move))).toBe(true);
    expect(await posts(payoutReservation(move))).toBe(false);
    expect(await payableOf(workerId)).toEqual({ payableSats: 0, inFlightSats: 100 });
    const settle = { ...move, rail: 'sandbox', feeSats: 3n };
    expect(await posts(payoutSettlement(settle))).toBe(true);
    expect(await posts(payoutSettlement(settle))).toBe(false);
    expect(await payableOf(workerId)).toEqual({ payableSats: 0, inFlightSats: 0 });
  });

  it('that is refused goes back to payable by a reversal, and history keeps both', async () => {
    const workerId = await workerWith(100n);
    const move = { mode, workerId, attemptId: newId(), amountSats: 100n };
    await posts(payoutReservation(move));
    expect(await transaction((tx) => returnPayout(tx, move))).toBe(true);
    expect(await transaction((tx) => returnPayout(tx, move))).toBe(false);
    expect(await payableOf(workerId)).toEqual({ payableSats: 100, inFlightSats: 0 });
    const postings = await db.posting.findMany({
      where: { reference: `attempt:${move.attemptId}` },
      select: { kind: true },
    });
    expect(postings.map(({ kind }) => kind).sort()).toEqual(['payout_reserve', 'payout_return']);
  });

  it('cannot send more than the worker is owed', async () => {
    const workerId = await workerWith(100n);
    const move = { mode, workerId, attemptId: newId(), amountSats: 101n };
    await expect(posts(payoutReservation(move))).rejects.toThrow('accounts_balance_check');
  });
});

describe('the database itself', () => {
  it('refuses to change or remove what was posted', async () => {
    await fundedOrganization(10n);
    for (const sql of [
      'UPDATE entries SET amount = 1',
      'DELETE FROM entries',
      "UPDATE postings SET kind = 'gift'",
      'DELETE FROM postings',
      'TRUNCATE entries',
    ]) {
      await expect(db.$executeRawUnsafe(sql), sql).rejects.toThrow('append-only');
    }
  });

  it('refuses entries that do not sum to zero', async () => {
    const organizationId = await fundedOrganization(10n);
    const account = await db.account.findFirstOrThrow({ where: { owner: organizationId } });
    const lopsided = db.posting.create({
      data: {
        id: newId(),
        mode,
        kind: 'gift',
        reference: 'nobody',
        entries: { create: [{ accountId: account.id, amount: 5n }] },
      },
    });
    await expect(lopsided).rejects.toThrow('off by 5 sats');
  });

  it('refuses a balance on the platform’s own accounts, which are summed', async () => {
    await fundedOrganization(10n);
    await expect(
      db.account.updateMany({ where: { kind: 'rail_float' }, data: { balance: 1n } }),
    ).rejects.toThrow('accounts_balance_check');
  });
});

describe('getBalance', () => {
  it('tells workers and operators nothing', async () => {
    await expect(
      getBalance({ kind: 'worker', workerId: newId(), userId: newId(), mode }),
    ).rejects.toMatchObject({ status: 404 });
  });
});
