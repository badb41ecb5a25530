import { setTimeout as sleep } from 'node:timers/promises';
import { readInvoice } from '@/server/platform/lightning';
import { makeInvoice } from './invoices';

/** Delay of a payment, so that others can be requested meanwhile. */
const PAY_MS = 20;
const MSATS_PER_SAT = 1_000n;

export interface DoublePayment {
  paymentHash: string;
  amountSats: number;
  feeSats: number;
  status: 'pending' | 'paid' | 'failed';
  preimage: string | null;
  failure: 'no_route' | 'insufficient_balance' | null;
}

interface DoubleInvoice {
  text: string;
  preimage: string;
  amountSats: number;
  description: string;
  expiresAtMs: number;
  owner: 'wallet' | 'payee';
  isPaid: boolean;
}

/** The balances behind the doubles of nodes and wallets: who has invoiced and paid what. */
export class DoubleWallet {
  balanceSats = 50_000;
  /** Fee of each payment. */
  feeSats = 3;
  /** Total paid to the payee. */
  receivedSats = 0;
  readonly payments = new Map<string, DoublePayment>();
  readonly #invoices = new Map<string, DoubleInvoice>();

  newInvoice(input: {
    owner: 'wallet' | 'payee';
    amountSats: number;
    description?: string;
    expirySeconds?: number;
  }): { text: string; paymentHash: string } {
    const { owner, amountSats, description = 'Test', expirySeconds = 3_600 } = input;
    const createdAt = new Date();
    const made = makeInvoice({
      ...{ amountSats: BigInt(amountSats), description, expirySeconds, createdAt },
    });
    const { text, preimage, paymentHash } = made;
    const expiresAtMs = createdAt.getTime() + expirySeconds * 1_000;
    const invoice = { text, preimage, amountSats, description, expiresAtMs, owner };
    this.#invoices.set(paymentHash, { ...invoice, isPaid: false });
    return { text, paymentHash };
  }

  /** One of the wallet's own invoices; null if it has none with this hash. */
  incoming(paymentHash: string) {
    const found = this.#invoices.get(paymentHash);
    if (found?.owner !== 'wallet') return null;
    const open = found.expiresAtMs > Date.now() ? ('open' as const) : ('expired' as const);
    return { ...found, state: found.isPaid ? ('settled' as const) : open };
  }

  /** Pays one of the wallet's own invoices from outside. */
  payIncoming(text: string): void {
    const invoice = this.#invoices.get(readInvoice(text)?.paymentHash ?? '');
    if (invoice?.owner !== 'wallet' || invoice.isPaid)
      throw new Error('The invoice cannot be paid.');
    invoice.isPaid = true;
    this.balanceSats += invoice.amountSats;
  }

  /**
   * The wallet pays an invoice. If it is already paid or in flight, returns the existing payment.
   */
  async pay(text: string, feeLimitSats: number): Promise<DoublePayment> {
    const read = readInvoice(text);
    if (!read) throw new Error('Not an invoice.');
    const { paymentHash, amountMsats } = read;
    const known = this.payments.get(paymentHash);
    if (known && known.status !== 'failed') return known;
    const amountSats = Number((amountMsats ?? 0n) / MSATS_PER_SAT);
    const payment: DoublePayment = {
      ...{ paymentHash, amountSats, feeSats: this.feeSats },
      ...{ status: 'pending', preimage: null, failure: null },
    };
    this.payments.set(paymentHash, payment);
    await sleep(PAY_MS);
    const spent = amountSats + this.feeSats;
    if (this.balanceSats < spent) payment.failure = 'insufficient_balance';
    else if (this.feeSats > feeLimitSats) payment.failure = 'no_route';
    if (payment.failure) {
      payment.status = 'failed';
      return payment;
    }
    const invoice = this.#invoices.get(paymentHash);
    this.balanceSats -= spent;
    this.receivedSats += amountSats;
    payment.status = 'paid';
    payment.preimage = invoice?.preimage ?? null;
    return payment;
  }
}
