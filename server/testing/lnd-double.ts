import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { readInvoice } from '@/server/platform/lightning';
import { type DoublePayment, DoubleWallet } from './double-wallet';

/**
 * A double of LND's REST API, from its public documentation
 * (https://lightning.engineering/api-docs/api/lnd) and grpc-gateway's rules: streams are lines of
 * `{result}` or `{error}`, bytes in a path are padded base64, and an unknown macaroon is HTTP 500.
 */
export interface LndDouble {
  url: string;
  /** In hexadecimal. */
  macaroon: string;
  wallet: DoubleWallet;
  /** Keeps payments in flight, like a recipient with hold invoices. */
  keepsInFlight: boolean;
  stop(): Promise<void>;
}

/** gRPC's codes, and grpc-gateway's HTTP status of each. */
const CODES = {
  unknown: [2, 500],
  invalid: [3, 400],
  notFound: [5, 404],
  exists: [6, 409],
} as const;
const FAILURES = {
  no_route: 'FAILURE_REASON_NO_ROUTE',
  insufficient_balance: 'FAILURE_REASON_INSUFFICIENT_BALANCE',
};
const STATES = { open: 'OPEN', settled: 'SETTLED', expired: 'CANCELED' };
const STATUSES = { pending: 'IN_FLIGHT', paid: 'SUCCEEDED', failed: 'FAILED' };

export async function startLndDouble(): Promise<LndDouble> {
  const wallet = new DoubleWallet();
  const macaroon = '0201036c6e64';
  const double: LndDouble = {
    ...{ url: '', macaroon, wallet, keepsInFlight: false },
    stop: () => {
      server.closeAllConnections();
      return new Promise((resolve) => server.close(() => resolve()));
    },
  };

  async function pay(body: Record<string, unknown>, response: ServerResponse): Promise<void> {
    const request = String(body.payment_request);
    const known = wallet.payments.get(readInvoice(request)?.paymentHash ?? '');
    if (known?.status === 'paid') return fail(response, 'exists', 'invoice is already paid', true);
    if (known?.status === 'pending') {
      return fail(response, 'exists', 'payment is in transition', true);
    }
    if (double.keepsInFlight) {
      const { paymentHash } = readInvoice(request) ?? { paymentHash: '' };
      const held = { paymentHash, amountSats: 0, feeSats: 0, preimage: null, failure: null };
      wallet.payments.set(paymentHash, { ...held, status: 'pending' });
      // Without in-flight updates, nothing is sent until the payment ends.
      return;
    }
    const payment = await wallet.pay(request, Number(body.fee_limit_sat));
    response.writeHead(200, { 'content-type': 'application/json' });
    response.end(lineOf(payment));
  }

  function track(path: string, response: ServerResponse): void {
    const given = decodeURIComponent(path.split('/').at(-1) ?? '');
    if (given.length % 4 !== 0) {
      fail(response, 'invalid', 'type mismatch, parameter: payment_hash');
      return;
    }
    const payment = wallet.payments.get(Buffer.from(given, 'base64url').toString('hex'));
    if (!payment) {
      fail(response, 'notFound', "payment isn't initiated", true);
      return;
    }
    response.writeHead(200, { 'content-type': 'application/json' });
    response.write(lineOf(payment));
    // The stream ends with the payment.
    if (payment.status !== 'pending') response.end();
  }

  function addInvoice(body: Record<string, unknown>, response: ServerResponse): void {
    const { text: paymentRequest, paymentHash } = wallet.newInvoice({
      ...{ owner: 'wallet', amountSats: Number(body.value), description: String(body.memo) },
      expirySeconds: Number(body.expiry),
    });
    send(response, 200, {
      r_hash: Buffer.from(paymentHash, 'hex').toString('base64'),
      ...{ payment_request: paymentRequest, add_index: '1', payment_addr: '' },
    });
  }

  function lookUpInvoice(path: string, response: ServerResponse): void {
    const found = wallet.incoming(path.split('/').at(-1) ?? '');
    if (!found) {
      fail(response, 'notFound', 'unable to locate invoice');
      return;
    }
    const paid = found.state === 'settled' ? found.amountSats : 0;
    send(response, 200, {
      ...{ memo: found.description, value: String(found.amountSats), state: STATES[found.state] },
      ...{ amt_paid_sat: String(paid), amt_paid_msat: String(paid * 1_000) },
    });
  }

  const server = createServer((request, response) => {
    const { pathname } = new URL(request.url ?? '/', 'http://double');
    void text(request).then(async (given) => {
      const body = given === '' ? {} : (JSON.parse(given) as Record<string, unknown>);
      if (request.headers['grpc-metadata-macaroon'] !== macaroon) {
        const words = 'verification failed: signature mismatch after caveat verification';
        return fail(response, 'unknown', words, pathname.startsWith('/v2/'));
      }
      if (pathname === '/v2/router/send') return pay(body, response);
      if (pathname.startsWith('/v2/router/track/')) return track(pathname, response);
      if (pathname === '/v1/invoices') return addInvoice(body, response);
      if (pathname.startsWith('/v1/invoice/')) return lookUpInvoice(pathname, response);
      const { balanceSats } = wallet;
      const local = { sat: String(balanceSats), msat: String(balanceSats * 1_000) };
      send(response, 200, { balance: local.sat, local_balance: local });
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  double.url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return double;
}

function lineOf(payment: DoublePayment): string {
  const { paymentHash, amountSats, feeSats, status, preimage, failure } = payment;
  const fee = status === 'paid' ? feeSats : 0;
  const result = {
    payment_hash: paymentHash,
    ...{ value_sat: String(amountSats), fee_sat: String(fee), fee_msat: String(fee * 1_000) },
    payment_preimage: preimage ?? '0'.repeat(64),
    status: STATUSES[status],
    failure_reason: failure ? FAILURES[failure] : 'FAILURE_REASON_NONE',
  };
  return `${JSON.stringify({ result })}\n`;
}

/** Streaming calls wrap their error; others return it unwrapped. */
function fail(
  response: ServerResponse,
  kind: keyof typeof CODES,
  message: string,
  isStream = false,
): void {
  const [code, status] = CODES[kind];
  const error = { code, message, details: [] };
  send(response, status, isStream ? { error } : error);
}

function send(response: ServerResponse, status: number, body: object): void {
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
}
