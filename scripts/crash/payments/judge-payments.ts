import { db } from '@/server/platform/db';
import { brokenPayments } from '@/server/testing/invariants';
import type { Lnbits, LnbitsWallet } from '@/server/testing/lnbits';
import type { Wallets } from './wallets';

/** A payout that is owed, and its wallet. */
export interface OwedPayout {
  id: string;
  name: string;
  amountSats: number;
}

/** Compares with LNbits' own records; returns violations as sentences. */
export async function judgePayouts(input: {
  owed: readonly OwedPayout[];
  lnbits: Lnbits;
  wallets: Wallets;
  payer: LnbitsWallet;
  fundsSats: number;
}): Promise<string[]> {
  const { owed, lnbits, wallets, payer, fundsSats } = input;
  const violations = (await brokenPayments()).map((sentence) => `Broken: ${sentence}.`);
  const received = await receivedByHash(lnbits, wallets);
  for (const { id, name, amountSats } of owed) {
    const sums = wallets.hashesOf(name).flatMap((hash) => received.get(hash) ?? []);
    if (sums.length !== 1 || sums[0] !== amountSats) {
      violations.push(
        `Payout ${id}: LNbits has ${sums.length} payments to ${name} (${sums.join(', ')} sats), not one of ${amountSats}.`,
      );
    }
  }
  const payouts = await db.payout.findMany({ where: { id: { in: owed.map(({ id }) => id) } } });
  for (const { id, status } of payouts) {
    if (status !== 'paid') violations.push(`Payout ${id} is ${status}, not paid.`);
  }
  return [...violations, ...(await judgeBooks(await lnbits.balanceOf(payer), fundsSats))];
}

/** Received sats by payment hash, according to LNbits. */
async function receivedByHash(lnbits: Lnbits, { paid }: Wallets): Promise<Map<string, number[]>> {
  const received = new Map<string, number[]>();
  for (const wallet of paid) {
    for (const { paymentHash, status, amountMsats } of await lnbits.paymentsOf(wallet)) {
      if (status !== 'success' || amountMsats <= 0) continue;
      received.set(paymentHash, [...(received.get(paymentHash) ?? []), amountMsats / 1_000]);
    }
  }
  return received;
}

/** The remaining balance in LNbits must match the ledger. */
async function judgeBooks(leftSats: number, fundsSats: number): Promise<string[]> {
  const { _sum } = await db.payoutAttempt.aggregate({
    where: { status: 'settled', mode: 'live' },
    _sum: { amountSats: true, feeSats: true },
  });
  const gone = Number(_sum.amountSats ?? 0n) + Number(_sum.feeSats ?? 0n);
  return gone === fundsSats - leftSats
    ? []
    : [`The ledger has sent ${gone} sats; LNbits lacks ${fundsSats - leftSats}.`];
}
