import { afterEach, describe, expect, it } from 'vitest';
import { db } from '@/server/platform/db';
import { addRail } from '@/server/testing/add-rail';
import { call } from '@/server/testing/call';
import { useTestDatabase } from '@/server/testing/database';
import { createKey, createOrganization } from '@/server/testing/factories';
import { startLnbitsDouble } from '@/server/testing/lnbits-double';

useTestDatabase();

afterEach(() => db.rail.deleteMany());

async function keyOf(mode: 'live' | 'test') {
  const organization = await createOrganization({ funds: 0n });
  return { organization, key: (await createKey(organization, mode)).text };
}

const create = (key: string, amount_sats: unknown, headers: Record<string, string> = {}) =>
  call('POST', '/v1/deposits', { key, body: { amount_sats }, headers });

describe('deposits by the API', () => {
  it('201: an invoice in live mode; settled once it is paid, and in the balance', async () => {
    const wallet = await startLnbitsDouble();
    await addRail('first', wallet);
    const { key } = await keyOf('live');
    const made = await create(key, 2_000, { 'Idempotency-Key': 'first' });
    expect(made.status).toBe(201);
    expect(made.body).toMatchObject({ object: 'deposit', mode: 'live', status: 'open' });
    expect(made.body.invoice).toMatch(/^lnbc/);
    const again = await create(key, 2_000, { 'Idempotency-Key': 'first' });
    expect([again.body.id, again.headers.get('idempotent-replayed')]).toEqual([
      made.body.id,
      'true',
    ]);
    wallet.receive(String(made.body.payment_hash));
    const paid = await call('GET', `/v1/deposits/${made.body.id}`, { key });
    expect([paid.status, paid.body.status, paid.body.received_sats]).toEqual([
      200,
      'settled',
      2_000,
    ]);
    const balance = await call('GET', '/v1/balance', { key });
    expect(balance.body).toMatchObject({ mode: 'live', available_sats: 2_000 });
    await wallet.stop();
  });

  it('201: play sats at once in test mode, which the list shows', async () => {
    const { key } = await keyOf('test');
    const ids: unknown[] = [];
    for (const amount of [1, 2, 3]) ids.unshift((await create(key, amount)).body.id);
    const first = await call('GET', '/v1/deposits?limit=2', { key });
    expect(first.body).toMatchObject({
      data: [{ id: ids[0], status: 'settled', invoice: null }, { id: ids[1] }],
      has_more: true,
    });
    const rest = await call('GET', `/v1/deposits?limit=2&after=${first.body.next_cursor}`, { key });
    expect(rest.body).toMatchObject({ data: [{ id: ids[2] }], has_more: false });
  });

  it('409 in live mode where no rail is set up, in words', async () => {
    const { key } = await keyOf('live');
    const refused = await create(key, 2_000);
    expect([refused.status, refused.body.error?.code]).toEqual([409, 'no_lightning_rail']);
    expect(refused.body.error?.message).toContain('Ask its operator');
  });

  it.each([0, -1, 1.5, 10_000_001, '5'])('400 for the amount %s', async (amount) => {
    const { key } = await keyOf('test');
    const refused = await create(key, amount);
    expect([refused.status, refused.body.error?.param]).toEqual([400, 'amount_sats']);
  });

  it('404 for what is not there', async () => {
    const { key } = await keyOf('test');
    const missing = await call('GET', '/v1/deposits/nothing', { key });
    expect([missing.status, missing.body.error?.code]).toEqual([404, 'not_found']);
  });
});
