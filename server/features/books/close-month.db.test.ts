import { afterEach, describe, expect, it } from 'vitest';
import { adjustAccount } from '@/server/features/adjustments/adjust-account';
import { creditOrganization, deposit, reconcile } from '@/server/features/ledger';
import { chargeTask } from '@/server/features/ledger/close-hold';
import { type Actor, SYSTEM } from '@/server/platform/actor';
import { useClock } from '@/server/platform/clock';
import { db, transaction } from '@/server/platform/db';
import { newId } from '@/server/platform/ids';
import { useTestDatabase } from '@/server/testing/database';
import { createOrganization, createWorker } from '@/server/testing/factories';
import { holdForTask, UNKEYED } from '@/server/testing/hold-for-tasks';
import { closeDueMonths, closeMonth, findNextMonth } from './close-month';
import { listMonthOrganizations, listMonths } from './list-months';

useTestDatabase();

const operator: Actor = { kind: 'operator', userId: newId(), mode: 'live' };
const mode = 'live' as const;

let restore = () => {};
afterEach(() => restore());

/** Sets the process's clock to an instant. */
function at(instant: string): void {
  restore();
  restore = useClock({ nowMs: () => Date.parse(instant) });
}

const bareOrganization = () => createOrganization({ funds: 0n, name: 'Quagga' });

/** Each test is a month later than the one before, since a month is closed for good. */
describe('the close of a month', () => {
  it('writes each organization’s month down, and refuses what is dated in it from then on', async () => {
    at('2026-01-05T10:00:00Z');
    const { id } = await bareOrganization();
    const { id: workerId } = await createWorker({ mode });
    await transaction((tx) =>
      deposit(tx, { mode, organizationId: id, amountSats: 1_000n, reference: 'first' }),
    );
    const task = { mode, organizationId: id, taskId: newId() } as const;
    await transaction(async (tx) => {
      await holdForTask(tx, { ...task, amountSats: 220n });
    });
    const answers = [{ workerId, amountSats: 100n }];
    await transaction((tx) =>
      chargeTask(tx, { ...task, ...UNKEYED, heldSats: 220n, answers, feeSats: 10n }),
    );
    await transaction((tx) => holdForTask(tx, { ...task, taskId: newId(), amountSats: 300n }));
    await adjustAccount(operator, {
      ...{ key: newId(), mode, accountKind: 'organization_available', owner: id },
      ...{ amountSats: -40, reason: 'A slip of ours.' },
    });
    await expect(closeMonth(operator, { month: '2026-01' })).rejects.toMatchObject({
      code: 'month_not_due',
      message: /from 2026-02-02/,
    });

    at('2026-02-02T00:00:00Z');
    expect(await findNextMonth()).toMatchObject({ month: '2026-01', isDue: true });
    await closeMonth(operator, { month: '2026-01' });
    const { data } = await listMonthOrganizations(operator, { month: '2026-01', limit: 100 });
    expect(data).toEqual([
      {
        ...{ organizationId: id, name: 'Quagga' },
        ...{ openingAvailableSats: 0, openingHeldSats: 0 },
        ...{ paidInSats: 1_000, chargedSats: 110, adjustedSats: -40 },
        ...{ closingAvailableSats: 550, closingHeldSats: 300 },
      },
    ]);
    const [month] = (await listMonths(operator)).months;
    expect(month?.totals.find(({ kind }) => kind === 'worker_payable')).toMatchObject({
      ...{ openingSats: 0, creditSats: 100, debitSats: 0, closingSats: 100 },
    });
    expect(await reconcile()).toMatchObject({ ok: true });

    at('2026-01-31T23:59:59.999Z');
    const late = { organizationId: id, amountSats: 5n, reference: 'late' };
    await expect(transaction((tx) => deposit(tx, { mode, ...late }))).rejects.toThrow(
      'The books of 2026-01 are closed',
    );
    // The test mode's clock can stand at any time.
    expect(await transaction((tx) => deposit(tx, { mode: 'test', ...late }))).toBe(true);
  });

  it('carries balances on, also of who did nothing, however many close it at once', async () => {
    at('2026-02-10T00:00:00Z');
    const { id } = await bareOrganization();
    await creditOrganization(SYSTEM, {
      ...{ key: newId(), organizationId: id, mode, amountSats: 70, reason: 'Invoice 7.' },
    });
    at('2026-04-02T00:00:00Z');
    const closed = await Promise.all([closeDueMonths(), closeDueMonths()]);
    expect(new Set(closed.flat())).toEqual(new Set(['2026-02', '2026-03']));
    const { data } = await listMonthOrganizations(operator, { month: '2026-03', limit: 100 });
    expect(data).toContainEqual(
      expect.objectContaining({
        ...{ organizationId: id, openingAvailableSats: 70, paidInSats: 0 },
        closingAvailableSats: 70,
      }),
    );
    expect(data).toHaveLength(2);
    const page = await listMonthOrganizations(operator, { month: '2026-03', limit: 1 });
    expect(page.next_cursor).toBe(page.data[0]?.organizationId);
    expect(await findNextMonth()).toMatchObject({ month: '2026-04', isDue: false });
    expect(await reconcile()).toMatchObject({ ok: true });
  });

  it('closes nothing where a balance was altered', async () => {
    at('2026-05-02T00:00:00Z');
    const [account] = await db.account.findMany({ where: { mode, kind: 'worker_payable' } });
    await db.account.update({ where: { id: account?.id ?? '' }, data: { balance: 101n } });
    await expect(closeDueMonths()).rejects.toMatchObject({
      code: 'month_does_not_add_up',
      message: /worker_payable by -1 sats/,
    });
    expect((await findNextMonth())?.month).toBe('2026-04');
    await db.account.update({ where: { id: account?.id ?? '' }, data: { balance: 100n } });
    expect(await closeDueMonths()).toEqual(['2026-04']);
    await expect(
      listMonthOrganizations(operator, { month: '2026-05', limit: 10 }),
    ).rejects.toMatchObject({ status: 404 });
  });

  it('is named by the check where it was altered afterwards', async () => {
    await expect(
      db.$executeRaw`UPDATE ledger_period_totals SET credit_sats = credit_sats + 1`,
    ).rejects.toThrow('append-only');
    await db.$transaction([
      db.$executeRaw`SET LOCAL session_replication_role = replica`,
      db.$executeRaw`
        UPDATE entries SET amount = amount - sign(amount) * 1
         WHERE posting_id = (SELECT id FROM postings WHERE kind = 'charge')
           AND account_id IN (SELECT id FROM accounts WHERE kind IN ('worker_payable', 'organization_held'))`,
    ]);
    const { wrongMonths } = await reconcile();
    expect(wrongMonths.map(({ month, kind }) => [month, kind])).toEqual([
      ['2026-01', 'organization_held'],
      ['2026-01', 'worker_payable'],
    ]);
  });
});
