import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { newId } from '@/server/platform/ids';
import { describeRail } from '@/server/testing/rail-suite';
import { type StrikeDouble, startStrikeDouble } from '@/server/testing/strike-double';
import type { LightningRail, PreparedRequest } from './rail';
import { RailUnreachable } from './rail-http';
import { strikeRail } from './strike';
import { Btc, BtcMoney, btcOf } from './strike-btc';

async function openBench() {
  const strike = await startStrikeDouble();
  const { url, apiKey, wallet } = strike;
  return {
    rail: strikeRail('strike', { url, apiKey }),
    stranger: strikeRail('strike', { url, apiKey: 'another' }),
    unreachable: strikeRail('strike', { url: 'http://127.0.0.1:1', apiKey }),
    invoice: async (amountSats: number) => wallet.newInvoice({ owner: 'payee', amountSats }).text,
    received: async () => wallet.receivedSats,
    payIncoming: async (invoice: string) => wallet.payIncoming(invoice),
    stop: () => strike.stop(),
  };
}

describeRail('A double of Strike', openBench, { needsFee: true, unheard: 'unknown' });

describe('a payment by Strike', () => {
  let strike: StrikeDouble;
  let rail: LightningRail;
  beforeAll(async () => {
    strike = await startStrikeDouble();
    rail = strikeRail('strike', strike);
  });
  afterAll(() => strike.stop());

  async function prepared(): Promise<PreparedRequest> {
    const destination = strike.wallet.newInvoice({ owner: 'payee', amountSats: 70 }).text;
    const asked = { attemptId: newId(), amountSats: 70n, mode: 'live', feeLimitSats: 5n } as const;
    const result = await rail.prepare({ ...asked, destination });
    if (result.status !== 'ready') throw new Error(result.reason);
    return { ...asked, destination, preparation: result.preparation };
  }
  const named = (asked: PreparedRequest, externalId: string) => ({
    ...asked,
    preparation: { ...asked.preparation, externalId },
  });

  it('that is under way is named, and its end is found by that name', async () => {
    strike.fate = 'keeps_pending';
    const asked = await prepared();
    const first = await rail.pay(asked);
    if (first.status !== 'pending' || !first.externalId) throw new Error(JSON.stringify(first));
    const known = named(asked, first.externalId);
    expect(await rail.lookup(known)).toEqual(first);
    await strike.endPending();
    const end = { status: 'paid', externalId: first.externalId, preimage: null, feeSats: 3n };
    expect(await rail.lookup(known)).toEqual(end);
  });

  it.each(['pays_silently', 'loses'] as const)(
    'whose answer was lost (it %s) is neither called absent nor sent again by asking',
    async (fate) => {
      strike.fate = fate;
      const asked = await prepared();
      const before = strike.wallet.receivedSats;
      await expect(rail.pay(asked)).rejects.toThrow(RailUnreachable);
      const executed = strike.asked;
      expect(await rail.lookup(asked)).toEqual({ status: 'unknown' });
      expect(strike.asked).toBe(executed);
      expect(strike.wallet.receivedSats - before).toBe(fate === 'loses' ? 0 : 70);
    },
  );

  it('is found by the id that the account’s holder reads of it', async () => {
    strike.fate = 'pays_silently';
    const asked = await prepared();
    await rail.pay(asked).catch(() => undefined);
    const name = rail.names?.of(` ${strike.paymentIds().at(-1)?.toUpperCase()} `) ?? '';
    expect(rail.names?.of('not an id')).toBeNull();
    expect(await rail.lookup(named(asked, name))).toMatchObject({ status: 'paid' });
    const other = { ...named(asked, name), amountSats: 71n };
    await expect(rail.lookup(other)).rejects.toThrow('another amount');
  });
});

describe('amounts of bitcoin', () => {
  it('are read and written exactly, to a thousandth of a sat', () => {
    expect(btcOf(321n)).toEqual({ amount: '0.00000321', currency: 'BTC' });
    expect(btcOf(2_100_000_000_000_000n).amount).toBe('21000000.00000000');
    expect(BtcMoney.parse(btcOf(9_007_199_254_740_993n))).toBe(9_007_199_254_740_993_000n);
    expect(Btc.parse('0.00000001001')).toBe(1_001n);
    expect(Btc.parse('3')).toBe(300_000_000_000n);
  });

  it.each(['-0.1', '1e-8', '0.000000000001', '', '0,1'])(
    'that are none are not read: %s',
    (text) => {
      expect(Btc.safeParse(text).success).toBe(false);
    },
  );

  it('in another currency are not taken for bitcoin', () => {
    expect(BtcMoney.safeParse({ amount: '1.00', currency: 'USD' }).success).toBe(false);
  });
});
