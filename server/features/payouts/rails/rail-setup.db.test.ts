import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { clock } from '@/server/platform/clock';
import { db } from '@/server/platform/db';
import { env } from '@/server/platform/env';
import { newId } from '@/server/platform/ids';
import { useTestDatabase } from '@/server/testing/database';
import { brokenPayments } from '@/server/testing/invariants';
import { type LnbitsDouble, startLnbitsDouble } from '@/server/testing/lnbits-double';
import { useTestClock } from '@/server/testing/use-test-clock';
import { checkRail, checkRails } from './check-rails';
import { addRail, changeRail, orderRails, removeRail, switchRail } from './configure-rails';
import { lookUpDirectPayments } from './direct-payment';
import { syncEnvironmentRails } from './environment-rails';
import { listConfiguredRails } from './list-rails';
import { troubledRails } from './rail-health';
import { findRail, lightningRails } from './registry';
import type { RailLine } from './schema';
import { testRail } from './test-rail';

useTestDatabase();

const operator = { kind: 'operator', userId: newId(), mode: 'live' } as const;
const KEY = 'an-admin-key-that-nobody-reads';
const LIMITS = { feeBaseSats: 5, feeBasisPoints: 100, lowBalanceSats: null };

let wallet: LnbitsDouble;
const time = useTestClock();
beforeEach(async () => {
  wallet = await startLnbitsDouble();
});
afterEach(async () => {
  await wallet.stop();
  await db.directPayment.deleteMany();
  await db.rail.deleteMany();
});

let named = 0;
function add(over: { name?: string; settings?: Record<string, string> } = {}): Promise<RailLine> {
  named += 1;
  const settings = { url: wallet.url, adminKey: KEY };
  return addRail(operator, {
    ...{ kind: 'lnbits', name: `rail-${named}`, settings, ...LIMITS },
    ...over,
  });
}
const line = async (id: string) =>
  (await listConfiguredRails(operator)).find((each) => each.id === id);

describe('rails that operators set up', () => {
  it('keep their secrets: encrypted where they are stored, and shown to nobody', async () => {
    const made = await add();
    expect(made).toMatchObject({ settings: { url: wallet.url }, secrets: ['adminKey'] });
    const row = await db.rail.findUniqueOrThrow({ where: { id: made.id } });
    const said = await db.auditEntry.findMany({ where: { subject: `rail:${made.id}` } });
    expect(said.map(({ action }) => action)).toEqual(['rail.added']);
    const all = JSON.stringify([row, said, await listConfiguredRails(operator)], (_, value) =>
      typeof value === 'bigint' ? String(value) : value,
    );
    expect(all).not.toContain(KEY);
  });

  it('pay with what they were set up with, and with what was changed, secrets left as they are', async () => {
    const made = await add({ settings: { url: 'http://127.0.0.1:1', adminKey: KEY } });
    expect(await checkRail(operator, made)).toMatchObject({ health: 'down' });
    const settings = { url: wallet.url };
    const changed = await changeRail(operator, { ...LIMITS, ...made, ...{ settings } });
    expect(changed).toMatchObject({ version: made.version + 1, secrets: ['adminKey'] });
    expect(await checkRail(operator, made)).toMatchObject({ health: 'up', balanceSats: 1_000_000 });
  });

  it('are changed by one at a time', async () => {
    const made = await add();
    const { id, version } = made;
    const change = (feeBaseSats: number) =>
      changeRail(operator, { ...LIMITS, id, version, feeBaseSats });
    const results = await Promise.allSettled([change(1), change(2)]);
    expect(results.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    await expect(switchRail(operator, { id, version, enabled: false })).rejects.toMatchObject({
      ...{ status: 409, code: 'changed_meanwhile' },
    });
  });

  it.each([
    ['an address that is none', { url: 'lnbits', adminKey: KEY }, 'url'],
    ['a key that is missing', { url: 'https://lnbits.example.com' }, 'adminKey'],
    ['what is no setting of it', { url: 'https://a.example', adminKey: KEY, x: 'y' }, 'settings'],
  ])('are refused with %s', async (_, settings, param) => {
    await expect(add({ settings })).rejects.toMatchObject({ status: 400, param });
  });

  it('have names of their own', async () => {
    const { name } = await add();
    await expect(add({ name })).rejects.toMatchObject({ code: 'rail_name_taken', param: 'name' });
  });

  it('are tried in the order that is given, which names all of them', async () => {
    const [a, b, c] = [await add(), await add(), await add()];
    await orderRails(operator, { ids: [c.id, a.id, b.id] });
    const names = (await lightningRails()).map(({ rail }) => rail.name);
    expect(names).toEqual([c.name, a.name, b.name]);
    await expect(orderRails(operator, { ids: [a.id, b.id] })).rejects.toMatchObject({
      code: 'changed_meanwhile',
    });
  });

  it('are removed only as long as nothing was paid with them', async () => {
    const unused = await add();
    await removeRail(operator, unused);
    expect(await line(unused.id)).toBeUndefined();
    const used = await add();
    await testRail(operator, { key: newId(), id: used.id, destination: wallet.addressOf('me') });
    await expect(removeRail(operator, used)).rejects.toMatchObject({ code: 'rail_in_use' });
    expect(await switchRail(operator, { ...used, enabled: false })).toMatchObject({
      enabled: false,
      isUsed: true,
    });
    expect(await findRail(used.name)).not.toBeNull();
  });

  it('do not stand in each other’s way where one cannot be read', async () => {
    const [broken, good] = [await add(), await add()];
    await db.rail.update({ where: { id: broken.id }, data: { settings: 'enc1:', version: 9 } });
    expect((await lightningRails()).map(({ rail }) => rail.name)).toEqual([good.name]);
    const { lastError } = await checkRail(operator, broken);
    expect(lastError).toContain('APP_SECRET');
    const settings = { url: wallet.url, adminKey: KEY };
    await changeRail(operator, { ...LIMITS, id: broken.id, version: 9, settings });
    expect(await checkRail(operator, broken)).toMatchObject({ health: 'up' });
  });
});

describe('rails that are watched', () => {
  it('are told of while they do not answer, and while they hold little', async () => {
    const made = await add();
    await changeRail(operator, { ...LIMITS, ...pick(made), lowBalanceSats: 2_000_000 });
    expect(await checkRails()).toEqual({ up: 1, down: 0 });
    expect(await troubledRails()).toMatchObject({
      ...{ down: [], low: [{ name: made.name, balanceSats: 1_000_000 }], enabled: 1 },
    });
    wallet.fate = 'forbids';
    time.advanceMs(60_000);
    expect(await checkRails()).toEqual({ up: 0, down: 1 });
    const { down } = await troubledRails();
    expect(down).toMatchObject([{ name: made.name, error: expect.stringContaining('key') }]);
    wallet.fate = 'pays';
    time.advanceMs(60_000);
    await checkRails();
    expect((await troubledRails()).down).toEqual([]);
  });
});

const pick = ({ id, version }: RailLine) => ({ id, version });

describe('a test payment', () => {
  const pay = (made: RailLine, over: { key?: string; destination?: string } = {}) =>
    testRail(operator, {
      ...{ key: newId(), id: made.id, destination: wallet.addressOf('operator') },
      ...over,
    });

  it('pays one sat once, which is the platform’s, and keeps the proof', async () => {
    const made = await add();
    wallet.feeSats = 2;
    const key = newId();
    const { lastTest } = await pay(made, { key });
    await pay(made, { key });
    expect(lastTest).toMatchObject({ status: 'settled', feeSats: 2, error: null });
    expect(lastTest?.preimage).toMatch(/^[0-9a-f]{64}$/);
    expect(wallet.received.get('operator')).toBe(1);
    const posting = await db.posting.findUniqueOrThrow({
      where: { reference_kind: { reference: `rail_test:${key}`, kind: 'rail_test' } },
      include: { entries: { include: { account: true } } },
    });
    const moves = posting.entries.map(({ account, amount }) => [account.kind, Number(amount)]);
    expect(Object.fromEntries(moves)).toEqual({ platform_fees: -3, rail_float: 3 });
    expect(await brokenPayments()).toEqual([]);
  });

  it('whose answer was lost is looked up, and not sent again', async () => {
    const made = await add();
    wallet.fate = 'pays_silently';
    expect((await pay(made)).lastTest).toMatchObject({ status: 'unknown' });
    await expect(pay(made)).rejects.toMatchObject({ code: 'test_under_way' });
    await lookUpDirectPayments();
    expect((await line(made.id))?.lastTest).toMatchObject({ status: 'settled' });
    expect(wallet).toMatchObject({ asked: 1 });
  });

  it('that never arrived is given up once its invoice has expired', async () => {
    const made = await add();
    wallet.fate = 'loses';
    await pay(made);
    await lookUpDirectPayments();
    expect((await line(made.id))?.lastTest).toMatchObject({ status: 'unknown' });
    time.advanceMs((wallet.expirySeconds + 61) * 1_000);
    await lookUpDirectPayments();
    expect((await line(made.id))?.lastTest).toMatchObject({ status: 'failed' });
  });

  it.each([
    ['fails', 'Insufficient balance'],
    ['forbids', 'refused the credentials'],
  ] as const)('that %s says why', async (fate, reason) => {
    const made = await add();
    wallet.fate = fate;
    expect((await pay(made)).lastTest).toMatchObject({
      status: 'failed',
      error: expect.stringContaining(reason),
    });
  });

  it('goes to an address or an invoice of one sat, and nowhere else', async () => {
    const made = await add();
    const { lastTest } = await pay(made, { destination: 'not an address' });
    expect(lastTest).toMatchObject({ status: 'failed' });
    wallet.repeatsInvoice = true;
    expect((await pay(made)).lastTest).toMatchObject({ status: 'settled' });
    expect((await pay(made)).lastTest).toMatchObject({
      status: 'failed',
      error: expect.stringContaining('already paid'),
    });
  });

  it('that was cut off before it was sent is closed', async () => {
    const made = await add();
    const row = {
      purpose: 'test' as const,
      railId: made.id,
      destination: 'a@b.example',
      amountSats: 1n,
      feeLimitSats: 5n,
    };
    const since = { createdBy: 'system', createdAt: clock.now() };
    await db.directPayment.create({ data: { id: newId(), ...row, ...since } });
    time.advanceMs(61_000);
    await lookUpDirectPayments();
    expect((await line(made.id))?.lastTest).toMatchObject({
      status: 'failed',
      error: expect.stringContaining('before anything was sent'),
    });
  });
});

describe('a rail of the environment', () => {
  it('comes first, follows its variables, and is out of use without them', async () => {
    const own = await add();
    Object.assign(env, { RAIL_LNBITS_URL: wallet.url, RAIL_LNBITS_ADMIN_KEY: KEY });
    await syncEnvironmentRails();
    await syncEnvironmentRails();
    const [first, second] = await listConfiguredRails(operator);
    expect(first).toMatchObject({ name: 'lnbits-env', source: 'environment', version: 1 });
    expect(second?.id).toBe(own.id);
    if (!first) throw new Error('It is not there.');
    await expect(removeRail(operator, first)).rejects.toMatchObject({
      code: 'rail_of_environment',
    });
    await expect(
      changeRail(operator, { ...LIMITS, ...pick(first), settings: { url: 'https://x.example' } }),
    ).rejects.toMatchObject({ code: 'rail_of_environment' });
    const limited = await changeRail(operator, { ...LIMITS, ...pick(first), feeBaseSats: 9 });
    expect(limited).toMatchObject({ feeBaseSats: 9 });
    env.RAIL_LNBITS_ADMIN_KEY = 'another';
    await syncEnvironmentRails();
    expect(await line(first.id)).toMatchObject({ version: 3, feeBaseSats: 9 });
    delete env.RAIL_LNBITS_URL;
    delete env.RAIL_LNBITS_ADMIN_KEY;
    await syncEnvironmentRails();
    expect(await line(first.id)).toMatchObject({ enabled: false });
    expect(await findRail('lnbits-env')).not.toBeNull();
  });
});
