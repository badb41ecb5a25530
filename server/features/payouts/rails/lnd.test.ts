import { expect, it } from 'vitest';
import { newId } from '@/server/platform/ids';
import { startLndDouble } from '@/server/testing/lnd-double';
import { describeRail } from '@/server/testing/rail-suite';
import { lndRail } from './lnd';

async function openBench() {
  const lnd = await startLndDouble();
  const { url, macaroon, wallet } = lnd;
  const at = (macaroonHex: string, address = url) => lndRail('lnd', { url: address, macaroonHex });
  return {
    rail: at(macaroon),
    stranger: at('00ff'),
    unreachable: at(macaroon, 'http://127.0.0.1:1'),
    invoice: async (amountSats: number) => wallet.newInvoice({ owner: 'payee', amountSats }).text,
    received: async () => wallet.receivedSats,
    payIncoming: async (invoice: string) => wallet.payIncoming(invoice),
    stop: () => lnd.stop(),
  };
}

describeRail('A double of LND', openBench, { needsFee: true });

it('says of a payment that its recipient holds that it is under way', async () => {
  const lnd = await startLndDouble();
  lnd.keepsInFlight = true;
  const rail = lndRail('lnd', { url: lnd.url, macaroonHex: lnd.macaroon });
  const destination = lnd.wallet.newInvoice({ owner: 'payee', amountSats: 7 }).text;
  const asked = { attemptId: newId(), amountSats: 7n, mode: 'live', feeLimitSats: 5n } as const;
  const prepared = await rail.prepare({ ...asked, destination });
  if (prepared.status !== 'ready') throw new Error(prepared.reason);
  const sent = { ...asked, destination, preparation: prepared.preparation };
  const paying = rail.pay(sent).catch((error: Error) => error.name);
  await expect.poll(() => rail.lookup(sent), { timeout: 10_000 }).toEqual({ status: 'pending' });
  expect(await rail.pay(sent)).toEqual({ status: 'pending' });
  await lnd.stop();
  expect(await paying).toBe('RailUnreachable');
});
