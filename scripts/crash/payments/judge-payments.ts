import { db } from '@/server/platform/db';
import { brokenPayments } from '@/server/testing/invariants';
import type { Lnbits, LnbitsWallet } from '@/server/testing/lnbits';
import type { Wallets } from './wallets';

/** A payout that is owed, and the wallet it goes to. */
export interface OwedPayout {
  id: string;
  name: string;
  amountSats: number;
}

/** Held against LNbits' own records: what must not have happened, as sentences. */
export async function judgePayouts(input: {
  owed: readonly OwedPayout[];
  lnbits: Lnbits;
  wallets: Wallets;
  payer: LnbitsWallet;
  fundsSats: number;
}): Promise<string[]> {
  const { owed, lnbits, wallets, payer, fundsSats } = input;
  const violations = (await brokenPayments()).map((sentence) => `Broken: ${sentence}.`);
  for (const { id, name, amountSats } of owed) {
    const received = await receivedBy(lnbits, wallets, name);
    if (received.length !== 1 || received[0] !== amountSats) {
      violations.push(
        `Payout ${id}: LNbits has ${received.length} payments to ${name} (${received.join(', ')} sats), not one of ${amountSats}.`,
      );
    }
  }
  const payouts = await db.payout.findMany({ where: { id: { in: owed.map(({ id }) => id) } } });
  for (const { id, status } of payouts) {
    if (status !== 'paid') violations.push(`Payout ${id} is ${status}, not paid.`);
  }
  return [...violations, ...(await judgeBooks(await lnbits.balanceOf(payer), fundsSats))];
}

async function receivedBy(lnbits: Lnbits, wallets: Wallets, name: string): Promise<number[]> {
  const payments = await lnbits.paymentsOf(wallets.walletOf(name));
  return payments
    .filter(({ status, amountMsats }) => status === 'success' && amountMsats > 0)
    .map(({ amountMsats }) => amountMsats / 1_000);
}

/** What LNbits says is left is what the ledger says went. */
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
