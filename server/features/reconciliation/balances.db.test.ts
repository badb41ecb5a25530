import { afterEach, expect, it } from 'vitest';
import { sendPayout } from '@/server/features/payouts/send-payout';
import { db } from '@/server/platform/db';
import { newId } from '@/server/platform/ids';
import { useTestDatabase } from '@/server/testing/database';
import { useLightning } from '@/server/testing/lightning';
import { useTestClock } from '@/server/testing/use-test-clock';
import { createVerifiedTask } from '@/server/testing/verified-task';
import { lookAtBalances } from './look-at-balances';
import { getReconciliation, troubledReconciliation } from './queries';
import { resolveDifference } from './resolve-difference';

useTestDatabase();
const lightning = useLightning();

const MINUTE_MS = 60_000;
const operator = { kind: 'operator', userId: newId(), mode: 'live' } as const;

const time = useTestClock();
afterEach(async () => {
  await db.railDifference.deleteMany();
  await db.railReconcile.deleteMany();
});

async function pay(payoutSats: bigint): Promise<void> {
  const destination = lightning.wallet.addressOf('worker');
  const made = await createVerifiedTask({
    mode: 'live',
    rail: 'lightning',
    destination,
    payoutSats,
  });
  const [payoutId = ''] = made.payoutIds;
  await sendPayout(payoutId);
}

async function look() {
  time.advanceMs(5 * MINUTE_MS);
  return lookAtBalances();
}

const open = async () => (await getReconciliation(operator)).open;

it('a rail that holds what payments leave it is told nothing of', async () => {
  lightning.wallet.feeSats = 5;
  await look();
  await pay(40_000n);
  expect(await look()).toEqual({ drifting: 0, isNew: false });
  expect(await db.railReconcile.findFirstOrThrow()).toMatchObject({ balanceSats: 959_995n });
  expect(await open()).toEqual([]);
});

it('sats that were taken at the rail are told of at the second look, and explained by an operator', async () => {
  await look();
  lightning.wallet.balanceMsats -= 250_000_000;
  expect(await look()).toEqual({ drifting: 1, isNew: true });
  expect(await open()).toEqual([]);
  expect(await look()).toEqual({ drifting: 1, isNew: false });
  lightning.wallet.balanceMsats -= 50_000_000;
  await look();
  const [difference, ...others] = await open();
  expect(others).toEqual([]);
  expect(difference).toMatchObject({
    ...{ kind: 'balance', sats: -300_000, href: null, of: null },
    expected: 'By the ledger it should hold 1,000,000 sats.',
    found: 'It holds 700,000 sats, 300,000 sats less.',
  });
  const troubled = await troubledReconciliation();
  expect(troubled).toMatchObject({
    differences: { count: 0 },
    balances: { count: 1, isLess: true },
  });
  const { id = '', lastSeenAt = new Date(0) } = difference ?? {};
  await resolveDifference(operator, { id, lastSeenAt, reason: 'Moved to cold storage.' });
  await look();
  expect(await look()).toEqual({ drifting: 0, isNew: false });
  expect(await open()).toEqual([]);
  // A later difference of the same amount is a new one.
  lightning.wallet.balanceMsats += 300_000_000;
  await look();
  await look();
  expect(await open()).toMatchObject([{ sats: 300_000 }]);
});

it('what comes back is resolved by itself, and a rail that does not answer is left out', async () => {
  await look();
  lightning.wallet.balanceMsats += 90_000_000;
  await look();
  await look();
  expect(await open()).toHaveLength(1);
  lightning.wallet.fate = 'is_down';
  expect(await look()).toEqual({ drifting: 0, isNew: false });
  expect(await open()).toHaveLength(1);
  lightning.wallet.fate = 'pays';
  lightning.wallet.balanceMsats -= 90_000_000;
  await look();
  expect(await open()).toEqual([]);
});
