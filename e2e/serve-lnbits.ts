import { createInterface } from 'node:readline';
import { runScript, withProduct } from '@/scripts/launcher/product-access';

/** Its first line: why there is no LNbits here, if there is none. */
export type LnbitsLine = { unavailable: string } | { ready: true };

/** The balances of LNbits and the ledger, in sats. */
export interface BooksLine {
  /** In the wallet of the instance. */
  house: number;
  customer: number;
  worker: number;
  /** The ledger's total received by the rail, minus payments. */
  ledger: number;
}

export interface PaidLine {
  preimage: string;
}

const FUNDS_SATS = 10_000;

/**
 * A real LNbits as a rail of the running instance, with the wallets of a customer and of a worker.
 * Commands: `pay INVOICE` and `withdraw LNURL` (by the customer), `invoice SATS` (to the worker)
 * and `books`. Disables the rail when its input ends.
 */
async function main(): Promise<void> {
  await withProduct(async () => {
    const { db } = await import('@/server/platform/db');
    const { addRail } = await import('@/server/testing/add-rail');
    const { startLnbits } = await import('@/server/testing/lnbits');
    const { LnbitsUnavailable } = await import('@/server/testing/lnbits-environment');
    const tell = (line: object) => console.log(JSON.stringify(line));
    const lnbits = await startLnbits().catch((error: unknown) => {
      if (!(error instanceof LnbitsUnavailable)) throw error;
      tell({ unavailable: error.reason } satisfies LnbitsLine);
      return null;
    });
    if (!lnbits) return;
    const house = await lnbits.newWallet('House');
    const customer = await lnbits.newWallet('Customer');
    const worker = await lnbits.newWallet('Worker');
    await lnbits.topUp(customer, FUNDS_SATS);
    const name = await addRail('lnbits', { url: lnbits.url, adminKey: house.adminKey });
    const floatOf = async () => {
      const { _sum } = await db.entry.aggregate({
        where: { account: { kind: 'rail_float', owner: name } },
        _sum: { amount: true },
      });
      return -Number(_sum.amount ?? 0n);
    };
    tell({ ready: true } satisfies LnbitsLine);
    for await (const line of createInterface({ input: process.stdin })) {
      const [word, value = ''] = line.split(' ');
      if (word === 'pay') {
        tell({ preimage: await lnbits.pay(customer, value) } satisfies PaidLine);
      } else if (word === 'withdraw') {
        tell({ withdrawn: await lnbits.withdraw(customer, value) });
      } else if (word === 'invoice') {
        tell({ invoice: await lnbits.invoice(worker, Number(value)) });
      } else {
        tell({
          house: await lnbits.balanceOf(house),
          customer: await lnbits.balanceOf(customer),
          worker: await lnbits.balanceOf(worker),
          ledger: await floatOf(),
        } satisfies BooksLine);
      }
    }
    await db.rail.update({ where: { name }, data: { enabled: false } });
    await lnbits.stop();
  });
}

runScript(main);
