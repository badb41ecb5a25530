import { startLnbits } from '@/server/testing/lnbits';
import { describeRail } from '@/server/testing/rail-suite';
import { lnbitsRail } from './lnbits';

const NOWHERE = 'http://127.0.0.1:1';

async function openBench() {
  const lnbits = await startLnbits();
  const [ours, payee] = [await lnbits.newWallet('HumanRail'), await lnbits.newWallet('Payee')];
  await lnbits.topUp(ours, 20_000);
  await lnbits.topUp(payee, 20_000);
  const { url } = lnbits;
  return {
    rail: lnbitsRail('real', { url, adminKey: ours.adminKey }),
    stranger: lnbitsRail('stranger', { url, adminKey: '0'.repeat(32) }),
    unreachable: lnbitsRail('unreachable', { url: NOWHERE, adminKey: ours.adminKey }),
    invoice: (sats: number) => lnbits.invoice(payee, sats),
    async received() {
      const payments = await lnbits.paymentsOf(payee);
      const incoming = payments.filter(
        ({ status, amountMsats }) => status === 'success' && amountMsats > 0,
      );
      return incoming.reduce((sum, { amountMsats }) => sum + amountMsats / 1_000, 0);
    },
    payIncoming: async (invoice: string) => {
      await lnbits.pay(payee, invoice);
    },
    stop: () => lnbits.stop(),
  };
}

describeRail('A real LNbits', openBench, { needsFee: true });
