import { describe, expect, it } from 'vitest';
import { db, transaction } from '@/server/platform/db';
import { newId } from '@/server/platform/ids';
import { useTestDatabase } from '@/server/testing/database';
import { holdForTask, UNKEYED } from '@/server/testing/hold-for-tasks';
import { chargeTask, deposit, InsufficientFunds, reconcile, releaseHold } from './index';

useTestDatabase();

const mode = 'test' as const;

async function fund(organizationId: string, amountSats: bigint): Promise<void> {
  await transaction((tx) =>
    deposit(tx, { mode, organizationId, amountSats, reference: organizationId }),
  );
}

describe('money under contention', () => {
  it('of 200 holds at once against sats for 100, exactly 100 are made', async () => {
    const organizationId = newId();
    await fund(organizationId, 500n);
    const holds = await Promise.allSettled(
      Array.from({ length: 200 }, () =>
        transaction((tx) =>
          holdForTask(tx, { mode, organizationId, taskId: newId(), amountSats: 5n }),
        ),
      ),
    );
    const refusals = holds.flatMap((hold) => (hold.status === 'rejected' ? [hold.reason] : []));
    expect(refusals).toHaveLength(100);
    expect(refusals.every((reason) => reason instanceof InsufficientFunds)).toBe(true);
    const accounts = await db.account.findMany({ where: { owner: organizationId } });
    const balances = Object.fromEntries(accounts.map(({ kind, balance }) => [kind, balance]));
    expect(balances).toEqual({ organization_available: 0n, organization_held: 500n });
    expect((await reconcile()).ok).toBe(true);
  });

  it('the same hold asked for 50 times at once is made once', async () => {
    const organizationId = newId();
    await fund(organizationId, 1_000n);
    const hold = { mode, organizationId, taskId: newId(), amountSats: 10n };
    await Promise.all(Array.from({ length: 50 }, () => transaction((tx) => holdForTask(tx, hold))));
    const held = await db.account.findFirstOrThrow({
      where: { owner: organizationId, kind: 'organization_held' },
    });
    expect(held.balance).toBe(10n);
  });

  it('a charge and a release of the same hold at once: one of them wins', async () => {
    const organizationId = newId();
    await fund(organizationId, 1_000n);
    for (let round = 0; round < 20; round++) {
      const hold = { mode, organizationId, taskId: newId(), heldSats: 50n, ...UNKEYED };
      await transaction((tx) => holdForTask(tx, { ...hold, amountSats: 50n }));
      const ends = await Promise.allSettled([
        transaction((tx) => releaseHold(tx, { ...hold, reason: 'expired' })),
        transaction((tx) =>
          chargeTask(tx, {
            ...hold,
            answers: [{ workerId: newId(), amountSats: 40n }],
            feeSats: 4n,
          }),
        ),
      ]);
      expect(ends.filter((end) => end.status === 'fulfilled')).toHaveLength(1);
    }
    expect(await reconcile()).toMatchObject({ ok: true });
  });

  it('lives of many tasks that share two organizations and three workers balance', async () => {
    const organizations = [newId(), newId()];
    const workers = [newId(), newId(), newId()];
    for (const organizationId of organizations) await fund(organizationId, 10_000n);
    await Promise.all(
      Array.from({ length: 120 }, async (_, n) => {
        const organizationId = organizations[n % 2] ?? '';
        const hold = { mode, organizationId, taskId: newId(), heldSats: 33n, ...UNKEYED };
        await transaction((tx) => holdForTask(tx, { ...hold, amountSats: 33n }));
        // Rotates the workers, so that locking in input order would deadlock.
        const answers = [n, n + 1]
          .map((at) => workers[at % 3] ?? '')
          .map((workerId) => ({ workerId, amountSats: 15n }));
        await transaction((tx) =>
          n % 3 === 0
            ? releaseHold(tx, { ...hold, reason: 'cancelled' })
            : chargeTask(tx, { ...hold, answers, feeSats: 3n }),
        );
      }),
    );
    const payable = await db.account.findMany({ where: { kind: 'worker_payable' } });
    const owed = payable
      .filter(({ owner }) => workers.includes(owner))
      .reduce((sum, { balance }) => sum + balance, 0n);
    expect(owed).toBe(80n * 30n);
    const held = await db.account.findMany({
      where: { kind: 'organization_held', owner: { in: organizations } },
    });
    expect(held.map(({ balance }) => balance)).toEqual([0n, 0n]);
    expect(await reconcile()).toMatchObject({ ok: true });
  });
});
