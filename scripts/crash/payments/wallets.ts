import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Lnbits, LnbitsWallet } from '@/server/testing/lnbits';

/** LNbits takes a second to create one. */
const WALLETS = 10;
/** Expiry of an invoice, in seconds: a payment cut off before it was sent is retried after that. */
const EXPIRY_SECONDS = 120;

/** Wallets of one LNbits that receive workers' payouts, and a proxy that disconnects after payments. */
export interface Wallets {
  /** LNbits' address for the instance. */
  url: string;
  /** The Lightning address for a name. */
  addressOf(name: string): string;
  /** The receiving wallets, in turn. */
  paid: readonly LnbitsWallet[];
  /** Payment hashes of the invoices created for a name. */
  hashesOf(name: string): readonly string[];
  counts: { paid: number; brokenOff: number };
  stop(): void;
}

/**
 * Proxies an LNbits: forwards everything, serves Lightning addresses (LNURL-pay) with its invoices,
 * and disconnects after LNbits has made a payment, one in `breakEvery`.
 */
export async function startWallets(lnbits: Lnbits, breakEvery: number): Promise<Wallets> {
  const paid: LnbitsWallet[] = [];
  for (let n = 0; n < WALLETS; n++) paid.push(await lnbits.newWallet(`Wallet ${n}`));
  const hashes = new Map<string, string[]>();
  let made = 0;
  const counts = { paid: 0, brokenOff: 0 };
  const server = createServer((request, response) => {
    answer(request, response).catch(() => response.destroy());
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const host = `127.0.0.1:${(server.address() as AddressInfo).port}`;

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const url = new URL(request.url ?? '/', `http://${host}`);
    const name = url.pathname.split('/').at(-1) ?? '';
    if (url.pathname.startsWith('/.well-known/lnurlp/')) {
      const bounds = { minSendable: 1_000, maxSendable: 10_000_000_000 };
      const callback = `http://${host}/callback/${name}`;
      return send(response, 200, { tag: 'payRequest', callback, ...bounds, metadata: '[]' });
    }
    if (url.pathname.startsWith('/callback/')) {
      const amount = Number(url.searchParams.get('amount')) / 1_000;
      return send(response, 200, { pr: await invoiceOf(name, amount), routes: [] });
    }
    await passOn(request, response);
  }

  async function invoiceOf(name: string, amount: number): Promise<string> {
    made += 1;
    const { invoiceKey = '' } = paid[made % WALLETS] ?? {};
    const answered = await fetch(`${lnbits.url}/api/v1/payments`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'x-api-key': invoiceKey },
      body: JSON.stringify({ out: false, amount, unit: 'sat', expiry: EXPIRY_SECONDS }),
    });
    const invoice = (await answered.json()) as { bolt11: string; payment_hash: string };
    hashes.set(name, [...(hashes.get(name) ?? []), invoice.payment_hash]);
    return invoice.bolt11;
  }

  async function passOn(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const body = await textOf(request);
    const answered = await fetch(lnbits.url + request.url, {
      method: request.method ?? 'GET',
      headers: {
        'content-type': 'application/json',
        'x-api-key': String(request.headers['x-api-key'] ?? ''),
      },
      ...(body === '' ? {} : { body }),
    });
    const text = await answered.text();
    if (request.method === 'POST' && answered.ok) {
      counts.paid += 1;
      if (counts.paid % breakEvery === 0) {
        counts.brokenOff += 1;
        response.destroy();
        return;
      }
    }
    response.writeHead(answered.status, { 'content-type': 'application/json' }).end(text);
  }

  return {
    url: `http://${host}`,
    addressOf: (name) => `${name}@${host}`,
    paid,
    hashesOf: (name) => hashes.get(name) ?? [],
    counts,
    stop: () => {
      server.closeAllConnections();
      server.close();
    },
  };
}

function send(response: ServerResponse, status: number, body: object): void {
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
}

async function textOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString('utf8');
}
