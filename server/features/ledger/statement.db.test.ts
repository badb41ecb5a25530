import { describe, expect, it } from 'vitest';
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
    const sum = (of: 'available_sats' | 'held_sats') =>
      lines.reduce((total, line) => total + line[of], 0);
    const balance = await getBalance(owner);
    expect([sum('available_sats'), sum('held_sats')]).toEqual([
      balance.available_sats,
      balance.held_sats,
    ]);
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
