import { describe, expect, it } from 'vitest';
import { CreateTask, createTask } from '@/server/features/tasks';
import { transaction } from '@/server/platform/db';
import { newId } from '@/server/platform/ids';
import { useTestDatabase } from '@/server/testing/database';
import { createOrganization, memberActor } from '@/server/testing/factories';
import { holdForTask, UNKEYED } from '@/server/testing/hold-for-tasks';
import { releaseHold } from './close-hold';
import { depositPlaySats } from './deposit-play-sats';
import { listStatement } from './list-statement';
import { getBalance } from './queries';
import type { StatementLine } from './schema';

useTestDatabase();

async function customer() {
  const organization = await createOrganization({ funds: 1_000n });
  return { organization, owner: await memberActor(organization) };
}

describe('the statement', () => {
  it('sums up to the balance, page by page, each posting once', async () => {
    const { organization, owner } = await customer();
    for (let i = 0; i < 5; i++) {
      const task = { mode: 'test', organizationId: organization.id, taskId: newId() } as const;
      await transaction((tx) => holdForTask(tx, { ...task, amountSats: 100n }));
      if (i % 2 === 0) {
        await transaction((tx) =>
          releaseHold(tx, { ...task, ...UNKEYED, heldSats: 100n, reason: 'cancelled' }),
        );
      }
    }
    const lines: StatementLine[] = [];
    let after: string | undefined;
    do {
      const page = await listStatement(owner, { limit: 2, ...(after ? { after } : {}) });
      lines.push(...page.data);
      after = page.next_cursor ?? undefined;
    } while (after);
    expect(new Set(lines.map((line) => `${line.kind} ${line.reference}`)).size).toBe(lines.length);
    const kinds = lines.map(({ kind }) => kind).sort();
    expect(kinds).toEqual(['deposit', ...Array(5).fill('hold'), ...Array(3).fill('release')]);
    // Balances are computed backwards from today's, page by page.
    let [available, held] = [1_000 - 500 + 300, 200];
    for (const line of lines) {
      expect([line.available_after_sats, line.held_after_sats]).toEqual([available, held]);
      available -= line.available_sats;
      held -= line.held_sats;
    }
    expect([available, held]).toEqual([0, 0]);
    const sum = (of: 'available_sats' | 'held_sats') =>
      lines.reduce((total, line) => total + line[of], 0);
    const balance = await getBalance(owner);
    expect([sum('available_sats'), sum('held_sats')]).toEqual([
      balance.available_sats,
      balance.held_sats,
    ]);
  });

  it('says in words what each line is, and of which task', async () => {
    const { organization, owner } = await customer();
    await depositPlaySats(owner, { amountSats: 7 });
    const held = { mode: 'test', organizationId: organization.id } as const;
    const made = { type: 'sorted', payload: {}, payout_sats: 10, risk_tier: 'low' } as const;
    const { task } = await createTask(owner, CreateTask.parse(made));
    await transaction((tx) =>
      releaseHold(tx, { ...held, ...UNKEYED, taskId: task.id, heldSats: 11n, reason: 'cancelled' }),
    );
    const { data } = await listStatement(owner, {});
    expect(data.map(({ what, task_id, task_type }) => [what, task_id, task_type])).toEqual([
      ['Hold given back', task.id, 'sorted'],
      ['Held for a task', task.id, 'sorted'],
      ['Play sats added', null, null],
      ['Deposit', null, null],
    ]);
  });

  it('keeps the balances of lines that a filter leaves', async () => {
    const { organization, owner } = await customer();
    const hold = () =>
      transaction((tx) =>
        holdForTask(tx, {
          ...{ mode: 'test', organizationId: organization.id, taskId: newId(), amountSats: 100n },
        }),
      );
    await hold();
    await depositPlaySats(owner, { amountSats: 50 });
    await hold();
    const today = new Date().toISOString().slice(0, 10);
    const paidIn = await listStatement(owner, { group: 'paid_in', from: today, to: today });
    expect(
      paidIn.data.map((line) => [
        ...[line.available_sats, line.available_after_sats, line.held_after_sats],
      ]),
    ).toEqual([
      [50, 950, 100],
      [1_000, 1_000, 0],
    ]);
    const past = { from: '2020-01-01', to: '2020-01-31' };
    expect((await listStatement(owner, past)).data).toEqual([]);
  });

  it('shows nothing of another organization, nor of the other mode', async () => {
    const { organization, owner } = await customer();
    await depositPlaySats(owner, { amountSats: 7 });
    const live = await memberActor(organization, 'live');
    const { owner: stranger } = await customer();
    const amounts = async (actor: typeof owner) =>
      (await listStatement(actor, { limit: 50 })).data.map((line) => line.available_sats);
    expect(await amounts(owner)).toEqual([7, 1_000]);
    expect(await amounts(live)).toEqual([1_000]);
    expect(await amounts(stranger)).toEqual([1_000]);
  });
});

describe('play sats', () => {
  it('are given in test mode alone, to those who may spend', async () => {
    const { organization, owner } = await customer();
    expect(await depositPlaySats(owner, { amountSats: 500 })).toMatchObject({
      available_sats: 1_500,
    });
    const viewer = await memberActor(organization, 'test', 'viewer');
    await expect(depositPlaySats(viewer, { amountSats: 1 })).rejects.toMatchObject({ status: 403 });
    const live = await memberActor(organization, 'live');
    await expect(depositPlaySats(live, { amountSats: 1 })).rejects.toMatchObject({ status: 400 });
  });

  it.each([0, -1, 0.5, 10_000_001])('are refused by the amount of %s', async (amountSats) => {
    const { owner } = await customer();
    await expect(depositPlaySats(owner, { amountSats })).rejects.toThrow();
  });
});
