import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { deposit, reconcile } from '@/server/features/ledger';
import type { Actor } from '@/server/platform/actor';
import { clock } from '@/server/platform/clock';
import { sha256Hex } from '@/server/platform/crypto';
import { db, transaction } from '@/server/platform/db';
import { newId } from '@/server/platform/ids';
import { addRail } from '@/server/testing/add-rail';
import { useTestDatabase } from '@/server/testing/database';
import { createOrganization, memberActor } from '@/server/testing/factories';
import { type LnbitsDouble, startLnbitsDouble } from '@/server/testing/lnbits-double';
import { useTestClock } from '@/server/testing/use-test-clock';
import { checkDeposit } from './check-deposit';
import { createDeposit } from './create-deposit';
import { hearOfDeposit } from './hear-of-deposit';
import { areDepositsOffered, getDeposit, listDeposits } from './queries';
import { sweepDeposits } from './sweep-deposits';

useTestDatabase();

const MINUTE_MS = 60_000;

const time = useTestClock();
let wallet: LnbitsDouble;
let railName: string;
beforeEach(async () => {
  wallet = await startLnbitsDouble();
  railName = await addRail('first', wallet);
});
afterEach(async () => {
  await wallet.stop();
  await db.rail.deleteMany();
});

const customer = async (mode: 'live' | 'test' = 'live') =>
  memberActor(await createOrganization({ funds: 0n }), mode);

const begin = (actor: Actor, amountSats = 1_000, key = newId()) =>
  createDeposit(actor, { key, amountSats });

const available = async (actor: Actor) => {
  const owner = 'organizationId' in actor ? actor.organizationId : '';
  const account = await db.account.findFirst({
    where: { owner, kind: 'organization_available', mode: actor.mode ?? 'live' },
  });
  return Number(account?.balance ?? 0n);
};

const tokenOf = (paymentHash: string | null) =>
  wallet.incoming
    .get(paymentHash ?? '')
    ?.webhook?.split('/')
    .at(-1) ?? '';

describe('a deposit', () => {
  it('has an invoice of the rail that is kept before it is shown, and one by its key', async () => {
    const actor = await customer();
    const key = newId();
    const [first, again] = await Promise.all([begin(actor, 500, key), begin(actor, 500, key)]);
    expect(again).toEqual(first);
    expect(await begin(actor, 500, key)).toEqual(first);
    expect(first).toMatchObject({ status: 'open', amount_sats: 500, received_sats: null });
    const row = await db.deposit.findUniqueOrThrow({ where: { id: first.id } });
    expect(row).toMatchObject({ rail: railName, invoice: first.invoice, createdBy: /^member:/ });
    expect(row.notifyHash).toBe(sha256Hex(tokenOf(first.payment_hash)));
    expect(row.expiresAt.getTime()).toBeGreaterThan(clock.nowMs() + 59 * MINUTE_MS);
    await expect(begin(actor, 501, key)).rejects.toMatchObject({ code: 'idempotency_mismatch' });
  });

  it('is settled by the rail’s notice, whose body nobody reads', async () => {
    const actor = await customer();
    const { id, payment_hash } = await begin(actor);
    const token = tokenOf(payment_hash);
    expect(await hearOfDeposit(token)).toBe('heard');
    expect(await available(actor)).toBe(0);
    wallet.receive(payment_hash ?? '');
    expect(await hearOfDeposit(token)).toBe('heard');
    expect(await getDeposit(actor, id)).toMatchObject({ status: 'settled', received_sats: 1_000 });
    expect(await available(actor)).toBe(1_000);
    expect(await hearOfDeposit(`${token.slice(0, -1)}!`)).toBe('unknown');
    expect(await hearOfDeposit('0'.repeat(43))).toBe('unknown');
  });

  it('lets nobody make its rail be asked without end', async () => {
    const actor = await customer();
    const token = tokenOf((await begin(actor)).payment_hash);
    const heard = await Promise.all(Array.from({ length: 40 }, () => hearOfDeposit(token)));
    expect(heard.filter((each) => each === 'heard')).toHaveLength(30);
    expect(heard).toContain('too_many');
  });

  it('is settled by the page that waits for it, and its rail is asked once for many readers', async () => {
    const actor = await customer();
    const { id, payment_hash } = await begin(actor);
    await Promise.all(Array.from({ length: 10 }, () => getDeposit(actor, id)));
    expect(wallet.lookups).toBe(1);
    wallet.receive(payment_hash ?? '');
    expect(await getDeposit(actor, id)).toMatchObject({ status: 'open' });
    time.advanceMs(2_000);
    expect(await getDeposit(actor, id)).toMatchObject({ status: 'settled' });
    expect(await available(actor)).toBe(1_000);
  });

  it('is settled once by sixteen at once', async () => {
    const actor = await customer();
    const { id, payment_hash } = await begin(actor);
    wallet.receive(payment_hash ?? '');
    const outcomes = await Promise.all(Array.from({ length: 16 }, () => checkDeposit(id)));
    expect(outcomes).toEqual(Array(16).fill({ state: 'closed' }));
    expect(await available(actor)).toBe(1_000);
    const reference = `deposit:${payment_hash}`;
    expect(await db.posting.count({ where: { reference } })).toBe(1);
    expect(await reconcile()).toMatchObject({ ok: true });
  });

  it('that is paid late is credited, by the sweep, and long after by who asks', async () => {
    const actor = await customer();
    const [late, later] = [await begin(actor), await begin(actor)];
    time.advanceMs(61 * MINUTE_MS);
    await sweepDeposits();
    expect(await getDeposit(actor, late.id)).toMatchObject({ status: 'expired' });
    wallet.receive(late.payment_hash ?? '');
    time.advanceMs(2 * MINUTE_MS);
    await sweepDeposits();
    expect(await getDeposit(actor, late.id)).toMatchObject({ status: 'settled' });
    time.advanceMs(26 * 60 * MINUTE_MS);
    await sweepDeposits();
    expect(await db.deposit.count({ where: { id: later.id, nextCheckAt: null } })).toBe(1);
    wallet.receive(later.payment_hash ?? '');
    await hearOfDeposit(tokenOf(later.payment_hash));
    expect(await available(actor)).toBe(2_000);
  });

  it('waits while its rail is down, and loses nothing', async () => {
    const actor = await customer();
    const { id, payment_hash } = await begin(actor);
    wallet.receive(payment_hash ?? '');
    wallet.fate = 'is_down';
    expect(await checkDeposit(id)).toEqual({ state: 'open', delayMs: 5_000 });
    expect(await db.rail.findFirstOrThrow()).toMatchObject({ lastError: /did not answer/ });
    wallet.fate = 'pays';
    time.advanceMs(20_000);
    expect(await sweepDeposits()).toEqual({ asked: 1 });
    expect(await available(actor)).toBe(1_000);
  });

  it.each([
    [1_500, 1_500, 'an overpaid one, as it came in'],
    [900, 900, 'what a rail says that keeps a part, as it came in'],
    [2_001, 1_000, 'what cannot be, by the invoice'],
    [0, 1_000, 'what a rail does not say, by the invoice'],
  ])('credits for %s sats %s: %s', async (said, credited) => {
    const actor = await customer();
    const { id, payment_hash } = await begin(actor);
    wallet.receive(payment_hash ?? '', said);
    await checkDeposit(id);
    expect(await available(actor)).toBe(credited);
    expect(await reconcile()).toMatchObject({ ok: true });
  });
});

describe('adding funds', () => {
  it('takes the first rail that answers, and says so where none does', async () => {
    const actor = await customer();
    const second = await startLnbitsDouble();
    const secondName = await addRail('second', second);
    wallet.fate = 'is_down';
    const { id } = await begin(actor);
    expect(await db.deposit.findUniqueOrThrow({ where: { id } })).toMatchObject({
      rail: secondName,
    });
    second.fate = 'forbids';
    time.advanceMs(2 * MINUTE_MS);
    await expect(begin(actor)).rejects.toMatchObject({ status: 409, code: 'no_rail_answers' });
    await db.rail.updateMany({ data: { enabled: false } });
    await expect(begin(actor)).rejects.toMatchObject({ status: 409, code: 'no_lightning_rail' });
    expect(await areDepositsOffered(actor)).toEqual({ offered: false });
    await second.stop();
  });

  it('goes without notices where the rail may not call us', async () => {
    wallet.refusesWebhooks = true;
    const { payment_hash } = await begin(await customer());
    expect(wallet.incoming.get(payment_hash ?? '')).toMatchObject({ webhook: null });
  });

  it('gives play sats at once in test mode, with no rail', async () => {
    await db.rail.deleteMany();
    const actor = await customer('test');
    expect(await areDepositsOffered(actor)).toEqual({ offered: true });
    const made = await begin(actor, 7_000);
    expect(made).toMatchObject({ status: 'settled', received_sats: 7_000, invoice: null });
    expect(await available(actor)).toBe(7_000);
    expect(await listDeposits(actor, { limit: 20 })).toMatchObject({ data: [made] });
    expect(await reconcile()).toMatchObject({ ok: true });
  });

  it('is limited for an organization, and not for viewers', async () => {
    const organization = await createOrganization({ funds: 0n });
    const viewer = await memberActor(organization, 'live', 'viewer');
    await expect(begin(viewer)).rejects.toMatchObject({ status: 403 });
    const owner = await memberActor(organization, 'live');
    await Promise.all(Array.from({ length: 60 }, (_, n) => begin(owner, 1 + n)));
    await expect(begin(owner)).rejects.toMatchObject({ status: 429, code: 'too_many_deposits' });
  });

  it('is missed by the books where it was settled and not credited, or credited and not settled', async () => {
    const actor = await customer();
    const { id, payment_hash } = await begin(actor);
    await db.deposit.update({
      where: { id },
      data: { status: 'settled', settledAt: clock.now(), receivedSats: 1_000n },
    });
    const { organizationId } = actor;
    const amounts = { amountSats: 5n, rail: railName, organizationId };
    await transaction((tx) => deposit(tx, { mode: 'live', reference: 'nowhere', ...amounts }));
    const { ok, wrongDeposits } = await reconcile();
    expect(ok).toBe(false);
    expect(wrongDeposits.toSorted((a, b) => (a.reference < b.reference ? -1 : 1))).toEqual(
      [
        { reference: `deposit:${payment_hash}`, depositSats: 1_000n, postedSats: null },
        { reference: 'deposit:nowhere', depositSats: null, postedSats: 5n },
      ].toSorted((a, b) => (a.reference < b.reference ? -1 : 1)),
    );
  });

  it('settled is settled for good', async () => {
    const actor = await customer('test');
    const { id } = await begin(actor);
    await expect(
      db.deposit.update({ where: { id }, data: { status: 'open', settledAt: null } }),
    ).rejects.toThrow();
    await expect(db.deposit.delete({ where: { id } })).rejects.toThrow();
  });
});
