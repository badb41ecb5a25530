import type { AddressInfo } from 'node:net';
import { nip44 } from 'nostr-tools';
import { type Filter, matchFilters } from 'nostr-tools/filter';
import {
  type Event,
  finalizeEvent,
  generateSecretKey,
  getPublicKey,
  verifyEvent,
} from 'nostr-tools/pure';
import { type WebSocket, WebSocketServer } from 'ws';
import { readInvoice } from '@/server/platform/lightning';
import { DoubleWallet } from './double-wallet';

/**
 * A double of a Nostr Wallet Connect wallet (NIP-47) and its relay (NIP-01), over a real websocket.
 * Supports NIP-44 only.
 */
export interface NwcDouble {
  /** A known connection. */
  uri: string;
  /** An unknown connection. */
  strangerUri: string;
  wallet: DoubleWallet;
  stop(): Promise<void>;
}

interface Fault {
  code: string;
  message: string;
}
type Answer = { result: object } | { error: Fault };

const STATES = { pending: 'pending', paid: 'settled', failed: 'failed' };
const INCOMING = { open: 'pending', settled: 'settled', expired: 'expired' };
const NO_LIMIT = Number.MAX_SAFE_INTEGER;

export async function startNwcDouble(): Promise<NwcDouble> {
  const wallet = new DoubleWallet();
  const key = generateSecretKey();
  const known = generateSecretKey();
  const stored: Event[] = [
    finalizeEvent(
      {
        ...{ kind: 13_194, created_at: now(), tags: [['encryption', 'nip44_v2']] },
        content: 'pay_invoice get_balance make_invoice lookup_invoice',
      },
      key,
    ),
  ];
  const subscriptions = new Map<WebSocket, Map<string, Filter[]>>();

  function spread(event: Event): void {
    for (const [socket, filters] of subscriptions) {
      for (const [id, wanted] of filters) {
        if (matchFilters(wanted, event)) socket.send(JSON.stringify(['EVENT', id, event]));
      }
    }
  }

  async function answer(event: Event): Promise<void> {
    const conversation = nip44.getConversationKey(key, event.pubkey);
    const { method, params } = JSON.parse(nip44.decrypt(event.content, conversation)) as {
      method: string;
      params: Record<string, unknown>;
    };
    const isKnown = event.pubkey === getPublicKey(known);
    const said: Answer = isKnown
      ? await act(wallet, method, params)
      : fault('UNAUTHORIZED', 'This public key has no wallet connected.');
    const content = nip44.encrypt(JSON.stringify({ result_type: method, ...said }), conversation);
    const tags = [
      ['p', event.pubkey],
      ['e', event.id],
    ];
    spread(finalizeEvent({ kind: 23_195, created_at: now(), tags, content }, key));
  }

  function take(socket: WebSocket, [verb, ...rest]: [string, ...unknown[]]): void {
    if (verb === 'EVENT') {
      const event = rest[0] as Event;
      socket.send(JSON.stringify(['OK', event.id, verifyEvent(event), '']));
      void answer(event);
      return;
    }
    const id = String(rest[0]);
    if (verb === 'CLOSE') subscriptions.get(socket)?.delete(id);
    if (verb !== 'REQ') return;
    const filters = rest.slice(1) as Filter[];
    subscriptions.get(socket)?.set(id, filters);
    for (const event of stored.filter((each) => matchFilters(filters, each))) {
      socket.send(JSON.stringify(['EVENT', id, event]));
    }
    socket.send(JSON.stringify(['EOSE', id]));
  }

  const server = new WebSocketServer({ port: 0, host: '127.0.0.1' });
  server.on('connection', (socket) => {
    subscriptions.set(socket, new Map());
    socket.on('message', (data) => take(socket, JSON.parse(String(data))));
    socket.on('close', () => subscriptions.delete(socket));
  });
  await new Promise((resolve) => server.once('listening', resolve));
  const relay = `ws://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const uriOf = (secret: Uint8Array) =>
    `nostr+walletconnect://${getPublicKey(key)}?relay=${encodeURIComponent(relay)}&secret=${Buffer.from(secret).toString('hex')}`;
  return {
    ...{ uri: uriOf(known), strangerUri: uriOf(generateSecretKey()), wallet },
    stop: () => {
      for (const socket of server.clients) socket.terminate();
      return new Promise((resolve) => server.close(() => resolve()));
    },
  };
}

async function act(
  wallet: DoubleWallet,
  method: string,
  params: Record<string, unknown>,
): Promise<Answer> {
  switch (method) {
    case 'pay_invoice':
      return pay(wallet, String(params.invoice));
    case 'lookup_invoice':
      return lookUp(wallet, String(params.payment_hash));
    case 'get_balance':
      return { result: { balance: wallet.balanceSats * 1_000 } };
    case 'make_invoice': {
      const { text, paymentHash } = wallet.newInvoice({
        ...{ owner: 'wallet', amountSats: Number(params.amount) / 1_000 },
        ...{ description: String(params.description), expirySeconds: Number(params.expiry) },
      });
      const made = { type: 'incoming', amount: params.amount, created_at: now() };
      return { result: { ...made, invoice: text, payment_hash: paymentHash } };
    }
    default:
      return fault('NOT_IMPLEMENTED', 'The method is not known.');
  }
}

async function pay(wallet: DoubleWallet, invoice: string): Promise<Answer> {
  const known = wallet.payments.get(readInvoice(invoice)?.paymentHash ?? '');
  if (known?.status === 'paid') return fault('OTHER', 'The invoice was paid before.');
  if (known?.status === 'pending') return fault('PAYMENT_FAILED', 'It is under way.');
  const payment = await wallet.pay(invoice, NO_LIMIT);
  if (payment.status === 'paid') {
    return { result: { preimage: payment.preimage, fees_paid: payment.feeSats * 1_000 } };
  }
  return fault('INSUFFICIENT_BALANCE', 'The wallet holds too little.');
}

function lookUp(wallet: DoubleWallet, paymentHash: string): Answer {
  const paid = wallet.payments.get(paymentHash);
  if (paid) {
    const { amountSats, feeSats, status, preimage } = paid;
    const msats = { amount: amountSats * 1_000, fees_paid: feeSats * 1_000 };
    const state = STATES[status];
    return { result: { type: 'outgoing', state, payment_hash: paymentHash, preimage, ...msats } };
  }
  const made = wallet.incoming(paymentHash);
  if (!made) return fault('NOT_FOUND', 'There is no invoice of this hash.');
  const state = INCOMING[made.state];
  const times = { created_at: now(), expires_at: Math.floor(made.expiresAtMs / 1_000) };
  const amount = made.amountSats * 1_000;
  return { result: { type: 'incoming', state, payment_hash: paymentHash, amount, ...times } };
}

const fault = (code: string, message: string): Answer => ({ error: { code, message } });
const now = () => Math.floor(Date.now() / 1_000);
