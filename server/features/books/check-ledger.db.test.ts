import { expect, it } from 'vitest';
import { adjustAccount } from '@/server/features/adjustments/adjust-account';
import { type Actor, SYSTEM } from '@/server/platform/actor';
import { db } from '@/server/platform/db';
import { newId } from '@/server/platform/ids';
import { useTestDatabase } from '@/server/testing/database';
import { createOrganization } from '@/server/testing/factories';
import { checkLedger, checkNow, latestCheck } from './check-ledger';
import { getAccounts } from './get-accounts';

useTestDatabase();

const operator: Actor = { kind: 'operator', userId: newId(), mode: 'test' };

it('keeps what a check found, until the next finds that it was mended', async () => {
  expect(await latestCheck()).toBeNull();
  const { id } = await createOrganization({ funds: 100n });
  expect(await checkLedger()).toMatchObject({ faults: 0, postings: 2, entries: 4, report: [] });
  const where = { owner: id, mode: 'test', kind: 'organization_available' } as const;
  await db.account.updateMany({ where, data: { balance: 107n } });
  await checkLedger();
  expect(await latestCheck()).toMatchObject({
    faults: 2,
    report: [
      `The test account organization_available of ${id} says 107 sats; its entries sum to 100.`,
      'All test accounts together hold 7 sats, not zero.',
    ],
  });
  await db.account.updateMany({ where, data: { balance: 100n } });
  expect(await checkNow(operator)).toMatchObject({ faults: 0 });
});

it('shows each kind of account on its normal side, and both sides are equal', async () => {
  const { id } = await createOrganization({ funds: 1_000n });
  await adjustAccount(operator, {
    ...{ key: newId(), mode: 'test', accountKind: 'organization_available', owner: id },
    ...{ amountSats: 30, reason: 'A slip of ours.' },
  });
  const accounts = await getAccounts(operator);
  const of = (wanted: string) => accounts.find(({ kind }) => kind === wanted);
  expect(of('rail_float')).toMatchObject({ normal: 'debit', balanceSats: 1_100 });
  expect(of('platform_fees')).toMatchObject({
    ...{ normal: 'credit', balanceSats: -30 },
    owners: [{ owner: 'adjustments', balanceSats: -30 }],
  });
  const sum = (wanted: string) =>
    accounts
      .filter(({ normal }) => normal === wanted)
      .reduce((total, { balanceSats }) => total + balanceSats, 0);
  expect(sum('credit')).toBe(sum('debit'));
});

it('is for operators alone', async () => {
  for (const ask of [checkNow, getAccounts]) {
    await expect(ask(SYSTEM)).rejects.toMatchObject({ status: 403 });
  }
});
