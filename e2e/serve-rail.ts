import { createInterface } from 'node:readline';
import { runScript, withProduct } from '@/scripts/launcher/product-access';

/** A payment's result: the instance's response to the rail's webhook. */
export interface PaidLine {
  invoice: string;
  noticed: number;
}

/**
 * Sets up a Lightning rail of the running instance, with a wallet, while it runs: prints `ready`,
 * and pays each invoice in its input, one per line. Removes the rail when its input ends.
 */
async function main(): Promise<void> {
  await withProduct(async () => {
    const { db } = await import('@/server/platform/db');
    const { readInvoice } = await import('@/server/platform/lightning');
    const { startLnbitsDouble } = await import('@/server/testing/lnbits-double');
    const { addRail } = await import('@/server/testing/add-rail');
    const wallet = await startLnbitsDouble();
    const name = await addRail(`deposits-${Date.now().toString(36)}`, wallet);
    console.log('ready');
    for await (const invoice of createInterface({ input: process.stdin })) {
      const { paymentHash } = readInvoice(invoice) ?? { paymentHash: '' };
      wallet.receive(paymentHash);
      const webhook = wallet.incoming.get(paymentHash)?.webhook ?? '';
      const { status } = await fetch(webhook, { method: 'POST', body: 'Nothing to believe.' });
      console.log(JSON.stringify({ invoice, noticed: status } satisfies PaidLine));
    }
    await db.rail.delete({ where: { name } });
    await wallet.stop();
  });
}

runScript(main);
