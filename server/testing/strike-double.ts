import { randomUUID } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { readInvoice } from '@/server/platform/lightning';
import { type DoublePayment, DoubleWallet } from './double-wallet';

/**
 * A double of Strike's REST API, from its public documentation (https://docs.strike.me/api): a
 * quote is executed once, its payment is found by the id in the response, amounts are decimal
 * strings of bitcoin, and errors are `{data: {status, code, message}}`. That a second execution
 * returns PAYMENT_PROCESSED is inferred from the list of codes; the documentation does not say so
 * for this call.
 */
export interface StrikeDouble {
  url: string;
  apiKey: string;
  wallet: DoubleWallet;
  /** The outcome of the next executions. */
  fate: 'pays' | 'keeps_pending' | 'pays_silently' | 'loses' | 'refuses';
  /** Number of requested executions. */
  asked: number;
  /** Settles each pending payment as paid. */
  endPending(): Promise<void>;
  /** Ids of the existing payments, as visible to the account's holder. */
  paymentIds(): string[];
  stop(): Promise<void>;
}

interface Quote {
  invoice: string;
  validUntilMs: number;
  paymentId: string | null;
}

const QUOTE_MS = 60_000;
const SATS_PER_BTC = 100_000_000;
const btc = (sats: number) => ({ amount: (sats / SATS_PER_BTC).toFixed(8), currency: 'BTC' });

export async function startStrikeDouble(): Promise<StrikeDouble> {
  const wallet = new DoubleWallet();
  const quotes = new Map<string, Quote>();
  const payments = new Map<string, { invoice: string; made: DoublePayment }>();
  const keys = new Map<string, string>();
  const double: StrikeDouble = {
    ...{ url: '', apiKey: 'a-key-of-strike', wallet, fate: 'pays', asked: 0 },
    async endPending() {
      for (const payment of payments.values()) {
        if (payment.made.status !== 'pending') continue;
        wallet.payments.delete(payment.made.paymentHash);
        payment.made = await wallet.pay(payment.invoice, Number.POSITIVE_INFINITY);
      }
    },
    paymentIds: () => [...payments.keys()],
    stop: () => {
      server.closeAllConnections();
      return new Promise((resolve) => server.close(() => resolve()));
    },
  };

  /** Why a quote is rejected, as a code and a message. */
  function quoteFault(invoice: string): [string, string] | null {
    const read = readInvoice(invoice);
    if (!read) return ['INVALID_LN_INVOICE', 'Invalid LN invoice.'];
    if (wallet.payments.get(read.paymentHash)?.status === 'paid') {
      return ['LN_INVOICE_PROCESSED', 'Processed LN invoice.'];
    }
    const isTooMuch = satsOf(invoice) + wallet.feeSats > wallet.balanceSats;
    return isTooMuch ? ['BALANCE_TOO_LOW', 'Balance too low'] : null;
  }

  function makeQuote(body: Record<string, unknown>, key: string, response: ServerResponse): void {
    const invoice = String(body.lnInvoice);
    const known = keys.get(key);
    const fault = quoteFault(invoice);
    if (known) {
      const values = { paymentQuoteId: known };
      fail(response, 422, 'DUPLICATE_PAYMENT_QUOTE', 'Duplicate quote.', values);
      return;
    }
    if (fault) {
      fail(response, 422, ...fault);
      return;
    }
    const amountSats = satsOf(invoice);
    const totalSats = amountSats + wallet.feeSats;
    const id = randomUUID();
    keys.set(key, id);
    const validUntilMs = Date.now() + QUOTE_MS;
    quotes.set(id, { invoice, validUntilMs, paymentId: null });
    send(response, 201, {
      ...{ paymentQuoteId: id, validUntil: new Date(validUntilMs).toISOString() },
      ...{ amount: btc(amountSats), totalAmount: btc(totalSats) },
      ...{ lightningNetworkFee: btc(wallet.feeSats), totalFee: btc(wallet.feeSats) },
    });
  }

  async function execute(id: string, response: ServerResponse): Promise<void> {
    double.asked += 1;
    const quote = quotes.get(id);
    if (!quote) return fail(response, 404, 'NOT_FOUND', 'Not found.');
    if (quote.paymentId !== null) {
      return fail(response, 422, 'PAYMENT_PROCESSED', 'Payment processed.');
    }
    if (quote.validUntilMs < Date.now()) {
      return fail(response, 422, 'PAYMENT_QUOTE_EXPIRED', 'Payment quote expired.');
    }
    if (double.fate === 'loses') return void response.destroy();
    if (double.fate === 'refuses') return fail(response, 422, 'BALANCE_TOO_LOW', 'Balance too low');
    const paymentId = randomUUID();
    quote.paymentId = paymentId;
    const made =
      double.fate === 'keeps_pending'
        ? pendingOf(quote.invoice)
        : await wallet.pay(quote.invoice, wallet.feeSats);
    payments.set(paymentId, { invoice: quote.invoice, made });
    if (double.fate === 'pays_silently') return void response.destroy();
    send(response, made.status === 'paid' ? 200 : 202, paymentOf(paymentId, made));
  }

  function pendingOf(invoice: string): DoublePayment {
    const { paymentHash = '' } = readInvoice(invoice) ?? {};
    const none = { preimage: null, failure: null, feeSats: wallet.feeSats };
    const made: DoublePayment = {
      ...{ paymentHash, amountSats: satsOf(invoice), status: 'pending' },
      ...none,
    };
    wallet.payments.set(paymentHash, made);
    return made;
  }

  function ask(body: Record<string, unknown>, response: ServerResponse): void {
    const wanted = body.bolt11 as Record<string, unknown>;
    const { amount } = wanted.amount as { amount: string };
    const { paymentHash } = wallet.newInvoice({
      ...{ owner: 'wallet', amountSats: Math.round(Number(amount) * SATS_PER_BTC) },
      description: String(wanted.description),
      expirySeconds: Number(wanted.expiryInSeconds),
    });
    const created = new Date().toISOString();
    send(response, 201, { receiveRequestId: randomUUID(), created, ...requestOf(paymentHash) });
  }

  function requestOf(paymentHash: string) {
    const found = wallet.incoming(paymentHash);
    if (!found) return null;
    const expires = new Date(found.expiresAtMs).toISOString();
    const requestedAmount = btc(found.amountSats);
    return {
      targetCurrency: 'BTC',
      bolt11: { invoice: found.text, paymentHash, requestedAmount, expires },
    };
  }

  function receives(paymentHash: string, response: ServerResponse): void {
    const found = wallet.incoming(paymentHash);
    const amountReceived = btc(found?.amountSats ?? 0);
    const item = { type: 'LIGHTNING', state: 'COMPLETED', amountReceived };
    const items = found?.isPaid ? [{ receiveId: randomUUID(), ...item }] : [];
    send(response, 200, { items, count: items.length });
  }

  function findPayment(id: string, response: ServerResponse): void {
    const found = payments.get(id);
    if (found) send(response, 200, paymentOf(id, found.made));
    else fail(response, 404, 'NOT_FOUND', 'Not found.');
  }

  function findRequests(paymentHash: string, response: ServerResponse): void {
    const items = [requestOf(paymentHash)].filter((each) => each !== null);
    send(response, 200, { items, count: items.length });
  }

  function balances(response: ServerResponse): void {
    const { amount } = btc(wallet.balanceSats);
    const own = { currency: 'BTC', current: amount, available: amount, total: amount };
    send(response, 200, [{ currency: 'USD', available: '12.50' }, own]);
  }

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { method, headers } = request;
    const { pathname, searchParams } = new URL(request.url ?? '/', 'http://double');
    const given = await text(request);
    if (headers.authorization !== `Bearer ${double.apiKey}`) {
      return fail(response, 401, 'UNAUTHORIZED', 'Unauthorized.');
    }
    const body = (given === '' ? {} : JSON.parse(given)) as Record<string, unknown>;
    const hash = searchParams.get('$paymentHash') ?? '';
    const [, , noun, id = ''] = pathname.split('/');
    switch (`${method} ${noun}`) {
      case 'POST payment-quotes':
        return makeQuote(body, String(headers['idempotency-key']), response);
      case 'PATCH payment-quotes':
        return execute(id, response);
      case 'GET payments':
        return findPayment(id, response);
      case 'POST receive-requests':
        return ask(body, response);
      case 'GET receive-requests':
        return id === 'receives' ? receives(hash, response) : findRequests(hash, response);
      default:
        return balances(response);
    }
  }

  const server = createServer((request, response) => void answer(request, response));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  double.url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return double;
}

const satsOf = (invoice: string) => Number((readInvoice(invoice)?.amountMsats ?? 0n) / 1_000n);

const STATES = { pending: 'PENDING', paid: 'COMPLETED', failed: 'FAILED' };

const paymentOf = (paymentId: string, { status, amountSats, feeSats }: DoublePayment) => ({
  ...{ paymentId, state: STATES[status], amount: btc(amountSats) },
  ...{ totalFee: btc(feeSats), totalAmount: btc(amountSats + feeSats) },
});

function fail(
  response: ServerResponse,
  status: number,
  code: string,
  message: string,
  values: object = {},
): void {
  send(response, status, { traceId: randomUUID(), data: { status, code, message, values } });
}

function send(response: ServerResponse, status: number, body: object): void {
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
}
