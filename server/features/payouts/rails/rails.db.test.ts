import { describe, expect, it } from 'vitest';
import { db } from '@/server/platform/db';
import { newId } from '@/server/platform/ids';
import { useTestDatabase } from '@/server/testing/database';
import { internalRail } from './internal';
import { NOTHING_PREPARED, type PreparedRequest, type RailRequest } from './rail';
import { findRail } from './registry';
import { sandboxRail } from './sandbox';

useTestDatabase();

function request(over: Partial<RailRequest> = {}): PreparedRequest {
  const attempt = { attemptId: newId(), amountSats: 21n, destination: null, mode: 'test' } as const;
  return { ...attempt, feeLimitSats: 0n, preparation: NOTHING_PREPARED, ...over };
}

const rails = [sandboxRail, internalRail].map((rail) => [rail.name, rail] as const);

describe.each(rails)('the %s rail', (_name, rail) => {
  it('pays, and says how it can be found again', async () => {
    const result = await rail.pay(request());
    expect(result).toMatchObject({ status: 'paid', feeSats: expect.any(BigInt) });
    expect(result.status === 'paid' && result.externalId).toBeTruthy();
  });

  it('pays an attempt once, however often and at once it is asked', async () => {
    const asked = request();
    const results = await Promise.all(Array.from({ length: 20 }, () => rail.pay(asked)));
    for (const result of results) expect(result).toEqual(results[0]);
    expect(await db.railPayment.count({ where: { attemptId: asked.attemptId } })).toBe(1);
  });

  it('tells what became of an attempt as it told it first', async () => {
    const asked = request();
    const paid = await rail.pay(asked);
    expect(await rail.lookup(asked)).toEqual(paid);
  });

  it('refuses to pay what it once called absent: a request may be late, but not pay then', async () => {
    const asked = request();
    expect(await rail.lookup(asked)).toEqual({ status: 'absent' });
    expect(await rail.pay(asked)).toMatchObject({ status: 'refused' });
    expect(await rail.lookup(asked)).toEqual({ status: 'absent' });
  });

  it('is found by its name', async () => {
    expect(await findRail(rail.name)).toBe(rail);
  });
});

describe('the play rail’s misfortunes', () => {
  it('refuses a destination that does not exist, for good', async () => {
    const asked = request({ destination: 'refused@sandbox' });
    const refused = { status: 'refused', final: true };
    expect(await sandboxRail.pay(asked)).toMatchObject(refused);
    expect(await sandboxRail.lookup(asked)).toMatchObject(refused);
  });

  it('refuses a flaky destination for now, by the attempt’s last digit', async () => {
    const ending = (digit: string) =>
      request({ attemptId: newId().slice(0, -1) + digit, destination: 'flaky@sandbox' });
    expect(await sandboxRail.pay(ending('3'))).toMatchObject({ status: 'refused', final: false });
    expect(await sandboxRail.pay(ending('c'))).toMatchObject({ status: 'paid' });
  });

  it('loses an answer after it has paid', async () => {
    const asked = request({ destination: 'answer-lost@sandbox' });
    await expect(sandboxRail.pay(asked)).rejects.toThrow('broke off');
    expect(await sandboxRail.lookup(asked)).toMatchObject({ status: 'paid' });
  });

  it('loses a request before it arrives', async () => {
    const asked = request({ destination: 'request-lost@sandbox' });
    await expect(sandboxRail.pay(asked)).rejects.toThrow('broke off');
    expect(await sandboxRail.lookup(asked)).toEqual({ status: 'absent' });
  });

  it('never pretends to have paid real sats', async () => {
    expect(await sandboxRail.pay(request({ mode: 'live' }))).toMatchObject({
      status: 'refused',
      final: true,
    });
  });
});
