import { startNwcDouble } from '@/server/testing/nwc-double';
import { describeRail } from '@/server/testing/rail-suite';
import { nwcRail } from './nwc';

async function openBench() {
  const nwc = await startNwcDouble();
  const { uri, strangerUri, wallet } = nwc;
  return {
    rail: nwcRail('nwc', { uri }),
    stranger: nwcRail('stranger', { uri: strangerUri }),
    unreachable: nwcRail('unreachable', {
      uri: uri.replace(/relay=[^&]*/, 'relay=ws%3A%2F%2F127.0.0.1%3A1'),
    }),
    invoice: async (amountSats: number) => wallet.newInvoice({ owner: 'payee', amountSats }).text,
    received: async () => wallet.receivedSats,
    payIncoming: async (invoice: string) => wallet.payIncoming(invoice),
    stop: () => nwc.stop(),
  };
}

describeRail('A double of a wallet on Nostr', openBench, { needsFee: false });
