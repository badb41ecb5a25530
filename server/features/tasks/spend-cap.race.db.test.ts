import { describe, expect, it } from 'vitest';
import { setKeyCap } from '@/server/features/api-keys/set-key-cap';
import { setSpendLimits } from '@/server/features/ledger/spend-limits';
import { watchBalances } from '@/server/features/ledger/watch-balances';
import { useClock } from '@/server/platform/clock';
import { db } from '@/server/platform/db';
import { call } from '@/server/testing/call';
import { useTestDatabase } from '@/server/testing/database';
import {
  createKey,
  createMember,
  createOrganization,
  memberActor,
} from '@/server/testing/factories';
import { brokenInvariants } from '@/server/testing/invariants';
import { createTestClock } from '@/server/testing/test-clock';

useTestDatabase();

const body = { type: 'capped', payload: { q: 1 }, payout_sats: 100, sla_seconds: 600 };

async function setUp() {
  const organization = await createOrganization();
  const owner = await memberActor(organization, 'test');
  const keys = [await createKey(organization), await createKey(organization)];
  const create = (index = 0) => call('POST', '/v1/tasks', { key: keys[index]?.text, body });
  const held = Number(((await create()).body.cost_sats as { held: number }).held);
  return { organization, owner, create, held };
}

describe('an organization’s daily cap', () => {
  it('is shared by its keys, and holds however many create at once', async () => {
    const { owner, create, held } = await setUp();
    await setSpendLimits(owner, {
      maxSpendSatsPerDay: held * 4,
      lowBalanceSats: null,
      version: 0,
    });
    const answers = await Promise.all(Array.from({ length: 8 }, (_, n) => create(n % 2)));
    expect(answers.filter(({ status }) => status === 201)).toHaveLength(3);
    const refused = answers.find(({ status }) => status === 403);
    expect(refused?.body.error).toMatchObject({
      code: 'spend_cap_reached',
      details: { cap: 'organization', max_spend_sats: held * 4, required_sats: held },
    });
  });

  it('is one mode’s, is lifted at once, and another organization’s is its own', async () => {
    const { owner, create } = await setUp();
    await setSpendLimits(owner, { maxSpendSatsPerDay: 1, lowBalanceSats: null, version: 0 });
    expect((await create()).status).toBe(403);
    expect((await (await setUp()).create()).status).toBe(201);
    await setSpendLimits(owner, { maxSpendSatsPerDay: null, lowBalanceSats: null, version: 1 });
    expect((await create()).status).toBe(201);
  });

  it('set from an older state is refused', async () => {
    const { owner } = await setUp();
    const limits = { maxSpendSatsPerDay: 5, lowBalanceSats: null, version: 0 };
    await setSpendLimits(owner, limits);
    await expect(setSpendLimits(owner, limits)).rejects.toMatchObject({
      code: 'changed_meanwhile',
    });
  });
});

describe('a daily cap under contention', () => {
  it('lets through what it covers of 64 creates at once, by one or in batches, and not one more', async () => {
    const { organization, owner, held } = await setUp();
    const covered = 20;
    const [capped, other] = [await createKey(organization), await createKey(organization)];
    await setKeyCap(owner, { id: capped.id, maxSpendSatsPerDay: held * covered });
    const one = (key: string) => call('POST', '/v1/tasks', { key, body });
    const four = (key: string) =>
      call('POST', '/v1/tasks/batch', { key, body: { tasks: [body, body, body, body] } });
    const answers = await Promise.all(
      Array.from({ length: 32 }, async (_, n) => [
        await one(n % 8 === 0 ? other.text : capped.text),
        ...(n % 4 === 0 ? [await four(capped.text)] : []),
      ]),
    );
    expect(answers.flat().some(({ body: { error } }) => error?.code === 'spend_cap_reached')).toBe(
      true,
    );
    const made = (id: string) => db.task.count({ where: { createdBy: `key:${id}` } });
    expect(await made(capped.id)).toBe(covered);
    expect(await made(other.id)).toBe(4);
    expect(await brokenInvariants()).toEqual([]);
  });

  it('is given back what a cancelled task held, and counts a repeated request once', async () => {
    const { organization, owner, held } = await setUp();
    const { id, text: key } = await createKey(organization);
    await setKeyCap(owner, { id, maxSpendSatsPerDay: held });
    const create = (idempotency_key: string) =>
      call('POST', '/v1/tasks', { key, body: { ...body, idempotency_key } });
    const first = await create('a');
    const again = await Promise.all(Array.from({ length: 8 }, () => create('a')));
    expect(again.map((answer) => answer.body.id)).toEqual(Array(8).fill(first.body.id));
    expect((await create('b')).body.error).toMatchObject({
      code: 'spend_cap_reached',
      details: { cap: 'key', max_spend_sats: held, spent_sats: held, required_sats: held },
    });
    await call('POST', `/v1/tasks/${first.body.id}/cancel`, { key });
    expect((await create('b')).status).toBe(201);
    expect((await create('c')).status).toBe(403);
    await setKeyCap(owner, { id, maxSpendSatsPerDay: null });
    expect((await create('c')).status).toBe(201);
    expect(await brokenInvariants()).toEqual([]);
  });

  it('begins anew at midnight UTC, whatever becomes of the tasks of the day before', async () => {
    const clock = createTestClock(Date.UTC(2026, 0, 14, 23, 59, 58));
    const restore = useClock(clock);
    try {
      const { organization, owner, held } = await setUp();
      const { id, text: key } = await createKey(organization);
      await setKeyCap(owner, { id, maxSpendSatsPerDay: held });
      const create = () => call('POST', '/v1/tasks', { key, body });
      const before = await create();
      expect((await create()).status).toBe(403);
      clock.advanceMs(2_000);
      expect((await create()).status).toBe(201);
      await call('POST', `/v1/tasks/${before.body.id}/cancel`, { key });
      expect((await create()).status).toBe(403);
      expect(await brokenInvariants()).toEqual([]);
    } finally {
      restore();
    }
  });
});

describe('a balance under contention', () => {
  it('is spent to what it covers, though creates that come at once are made together', async () => {
    const { held } = await setUp();
    const organization = await createOrganization({ funds: held * 10 + 1 });
    const { text: key } = await createKey(organization);
    const answers = await Promise.all(
      Array.from({ length: 64 }, () => call('POST', '/v1/tasks', { key, body })),
    );
    const statuses = answers.map(({ status }) => status).sort();
    expect(statuses).toEqual([...Array(10).fill(201), ...Array(54).fill(402)]);
    const refused = answers.find(({ status }) => status === 402);
    expect(refused?.body.error).toMatchObject({
      details: { available_sats: 1, required_sats: held },
    });
    expect(await brokenInvariants()).toEqual([]);
  });
});

describe('a low balance', () => {
  it('is told to owners and admins once for each time it falls', async () => {
    const { organization, owner } = await setUp();
    await createMember(organization, 'admin');
    await createMember(organization, 'viewer');
    const told = () =>
      db.email.count({ where: { organizationId: organization.id, template: 'low-balance' } });
    const account = await db.account.findFirstOrThrow({
      where: { owner: organization.id, mode: 'test', kind: 'organization_available' },
    });
    const balanceIs = (balance: bigint) =>
      db.account.update({ where: { id: account.id }, data: { balance } });
    const heard = await db.member.count({
      where: { organizationId: organization.id, role: { in: ['owner', 'admin'] } },
    });
    expect(heard).toBeGreaterThanOrEqual(2);
    await balanceIs(1_000n);
    const limits = { maxSpendSatsPerDay: null, lowBalanceSats: 500, version: 0 };
    expect(await setSpendLimits(owner, limits)).toMatchObject({ isLow: false });
    expect(await told()).toBe(0);
    await balanceIs(499n);
    expect(await watchBalances()).toBe(1);
    expect(await watchBalances()).toBe(0);
    expect(await told()).toBe(heard);
    await balanceIs(500n);
    expect(await watchBalances()).toBe(0);
    await balanceIs(0n);
    expect(await watchBalances()).toBe(1);
    expect(await told()).toBe(2 * heard);
  });
});
