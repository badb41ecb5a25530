import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { env } from '@/server/platform/env';
import { readInvoice } from '@/server/platform/lightning';
import { type MadeInvoice, makeInvoice } from './invoices';

/** The double's behaviour for the next payments. */
export type Fate =
  | 'pays'
  /** Pays, and drops the connection before responding. */
  | 'pays_silently'
  /** Drops the connection without recording the payment. */
  | 'loses'
  /** Accepts the payment, and does not settle it. */
  | 'keeps_pending'
  | 'fails'
  /** Responds to nobody. */
  | 'is_down'
  | 'forbids';

/** An invoice created by the wallet itself, to receive sats. */
interface Incoming {
  amountMsats: number;
  isPaid: boolean;
  webhook: string | null;
}

interface Payment {
  status: 'pending' | 'success' | 'failed';
  preimage: string | null;
  amountMsats: number;
  feeMsats: number;
}

/**
 * A double of LNbits' REST API, with a server of Lightning addresses: for behaviour that a real one
 * does not show on demand. Allows loopback addresses until it stops. See
 * https://github.com/lnbits/lnbits, version 1.
 */
export interface LnbitsDouble {
  url: string;
  /** An address whose invoices come from the same double. */
  addressOf(name: string): string;
  /** An invoice of another wallet of the same double. */
  makeInvoice(amountSats: bigint): MadeInvoice;
  fate: Fate;
  feeSats: number;
  /** The wallet's balance; payments change it. */
  balanceMsats: number;
  /** Expiry of its addresses' invoices, in seconds. */
  expirySeconds: number;
  /** Returns the same invoice every time. */
  repeatsInvoice: boolean;
  /** Number of payments by payment hash. */
  paid: Map<string, number>;
  /** Sats that went to each name. */
  received: Map<string, number>;
  payments: Map<string, Payment>;
  /** Number of payment requests. */
  asked: number;
  /** The wallet's invoices by payment hash. */
  incoming: Map<string, Incoming>;
  /** Number of look-ups of these invoices. */
  lookups: number;
  /** Refuses to create an invoice with a webhook, as LNbits does for hosts it may not call. */
  refusesWebhooks: boolean;
  /**
   * Pays an invoice of the wallet from outside, by default its own amount; does not call the
   * webhook.
   */
  receive(paymentHash: string, amountSats?: number): void;
  /** The preimage that the payer of an invoice receives. */
  preimageOf(paymentHash: string): string;
  /** Ends each pending payment: paid, or failed. */
  endPending(isPaid: () => boolean): void;
  stop(): Promise<void>;
}

/** Invoices of all doubles of this process: as on the network, any of them pays any. */
const invoices = new Map<string, { name: string | null; preimage: string; amountSats: bigint }>();

export async function startLnbitsDouble(): Promise<LnbitsDouble> {
  let repeated: string | null = null;
  const double: LnbitsDouble = {
    ...{ url: '', fate: 'pays', feeSats: 0, expirySeconds: 3_600, repeatsInvoice: false, asked: 0 },
    makeInvoice: (amountSats) => newInvoice(amountSats, null, double.expirySeconds),
    ...{ paid: new Map(), received: new Map(), payments: new Map(), incoming: new Map() },
    ...{ lookups: 0, refusesWebhooks: false, balanceMsats: 1_000_000_000 },
    receive(paymentHash, amountSats) {
      const invoice = double.incoming.get(paymentHash);
      if (!invoice) throw new Error('The wallet made no such invoice.');
      invoice.isPaid = true;
      if (amountSats !== undefined) invoice.amountMsats = amountSats * 1_000;
      double.balanceMsats += invoice.amountMsats;
    },
    preimageOf(paymentHash) {
      const invoice = invoices.get(paymentHash);
      if (!invoice) throw new Error('No double made such an invoice.');
      return invoice.preimage;
    },
    endPending(isPaid) {
      for (const [paymentHash, payment] of double.payments) {
        if (payment.status !== 'pending') continue;
        if (isPaid()) settle(paymentHash, payment);
        else payment.status = 'failed';
      }
    },
    addressOf: (name) => `${name}@${new URL(double.url).host}`,
    stop: () => {
      env.WEBHOOKS_ALLOW_PRIVATE = formerly;
      server.closeAllConnections();
      return new Promise((resolve) => server.close(() => resolve()));
    },
  };

  function newInvoice(amountSats: bigint, name: string | null, expirySeconds: number) {
    const made = makeInvoice({ amountSats, expirySeconds });
    invoices.set(made.paymentHash, { name, preimage: made.preimage, amountSats });
    return made;
  }

  function pay(bolt11: string, response: ServerResponse): void {
    double.asked += 1;
    const { paymentHash, amountMsats } = readInvoice(bolt11) ?? {
      paymentHash: '',
      amountMsats: 0n,
    };
    const known = double.payments.get(paymentHash);
    if (known?.status === 'success') {
      send(response, 520, { detail: 'Internal invoice already paid.', status: 'failed' });
      return;
    }
    if (double.fate === 'loses') {
      response.destroy();
      return;
    }
    if (double.fate === 'fails') {
      send(response, 520, { detail: 'Insufficient balance.', status: 'failed' });
      return;
    }
    const payment: Payment = {
      ...{ status: 'pending', preimage: null, amountMsats: -Number(amountMsats) },
      feeMsats: -double.feeSats * 1_000,
    };
    double.payments.set(paymentHash, payment);
    if (double.fate !== 'keeps_pending') settle(paymentHash, payment);
    if (double.fate === 'pays_silently') {
      response.destroy();
      return;
    }
    send(response, 201, rowOf(paymentHash, payment));
  }

  function settle(paymentHash: string, payment: Payment): void {
    const invoice = invoices.get(paymentHash);
    payment.status = 'success';
    double.balanceMsats += payment.amountMsats + payment.feeMsats;
    payment.preimage = invoice?.preimage ?? null;
    double.paid.set(paymentHash, (double.paid.get(paymentHash) ?? 0) + 1);
    if (invoice?.name) {
      const before = double.received.get(invoice.name) ?? 0;
      double.received.set(invoice.name, before + Number(invoice.amountSats));
    }
  }

  function charge(body: Record<string, unknown>, response: ServerResponse): void {
    const webhook = typeof body.webhook === 'string' ? body.webhook : null;
    if (webhook && double.refusesWebhooks) {
      send(response, 400, { detail: 'Callback URL origin is not allowed.' });
      return;
    }
    const amountSats = BigInt(Number(body.amount));
    const { paymentHash, text } = newInvoice(amountSats, null, Number(body.expiry ?? 3_600));
    const amountMsats = Number(amountSats) * 1_000;
    double.incoming.set(paymentHash, { amountMsats, isPaid: false, webhook });
    send(response, 201, { payment_hash: paymentHash, bolt11: text });
  }

  function lookUpIncoming(hash: string, invoice: Incoming, response: ServerResponse): void {
    double.lookups += 1;
    const { isPaid, amountMsats } = invoice;
    const status = isPaid ? 'success' : 'pending';
    const details = rowOf(hash, { status, preimage: null, amountMsats, feeMsats: 0 });
    send(response, 200, { paid: isPaid, status, details });
  }

  function answerAddress(path: string, url: URL, response: ServerResponse): void {
    const name = path.split('/').at(-1) ?? '';
    if (path.startsWith('/.well-known/lnurlp/')) {
      const callback = `${double.url}/lnurl/callback/${name}`;
      const bounds = { minSendable: 1_000, maxSendable: 10_000_000_000 };
      send(response, 200, { tag: 'payRequest', callback, ...bounds, metadata: '[]' });
      return;
    }
    const amountSats = BigInt(url.searchParams.get('amount') ?? 0) / 1_000n;
    repeated =
      (double.repeatsInvoice && repeated) ||
      newInvoice(amountSats, name, double.expirySeconds).text;
    send(response, 200, { pr: repeated, routes: [] });
  }

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const url = new URL(request.url ?? '/', 'http://double');
    const { pathname } = url;
    if (/lnurl/.test(pathname)) return answerAddress(pathname, url, response);
    if (double.fate === 'is_down') return void response.destroy();
    if (double.fate === 'forbids') return send(response, 403, { detail: 'Invalid key.' });
    if (pathname === '/api/v1/wallet')
      return send(response, 200, { id: 'wallet', balance: double.balanceMsats });
    if (request.method === 'POST') {
      const body = JSON.parse(await textOf(request)) as Record<string, unknown>;
      if (body.out) return pay(String(body.bolt11), response);
      return charge(body, response);
    }
    const hash = pathname.split('/').at(-1) ?? '';
    const incoming = double.incoming.get(hash);
    if (incoming) return lookUpIncoming(hash, incoming, response);
    const payment = double.payments.get(hash);
    if (!payment) return send(response, 404, { detail: 'Payment does not exist.' });
    const { status, preimage } = payment;
    const details = rowOf(hash, payment);
    send(response, 200, { paid: status === 'success', status, preimage, details });
  }

  const formerly = env.WEBHOOKS_ALLOW_PRIVATE;
  env.WEBHOOKS_ALLOW_PRIVATE = true;
  const server = createServer((request, response) => void answer(request, response));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  double.url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return double;
}

const rowOf = (hash: string, { status, preimage, amountMsats, feeMsats }: Payment) => ({
  ...{ checking_id: hash, payment_hash: hash, status, preimage },
  ...{ amount: amountMsats, fee: feeMsats },
});

function send(response: ServerResponse, status: number, body: object): void {
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
}

async function textOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString();
}
