import { z } from 'zod';
import { prepareInvoice } from './prepare-invoice';
import type { LightningRail, RailFound, RailResult } from './rail';
import {
  type RailAnswer,
  type RailClient,
  RailForbidden,
  RailUnreachable,
  railClient,
  read,
} from './rail-http';

/** Timeout of LND's route finding. */
const ROUTE_SECONDS_MAX = 30;
const PAY_MS_MAX = 45_000;
/** How long a state stream is read: its first line is the current state. */
const TRACK_MS_MAX = 3_000;

/** gRPC codes for existing and missing entries. */
const ALREADY_EXISTS = 6;
const NOT_FOUND = 5;

/** LND's errors, with HTTP 500, for an unknown or insufficient macaroon. */
const TURNED_AWAY =
  /^(verification failed|permission denied|cannot determine data format)|macaroon/i;
/** LND's errors about an invoice before anything is sent. */
const REFUSALS =
  /^(self-payments not allowed|invoice expired|invoice not for current active network)/i;

/** Failures that a retry to the same destination would repeat. */
const FINAL_FAILURES = new Set(['FAILURE_REASON_INCORRECT_PAYMENT_DETAILS']);
const FAILURES: Record<string, string> = {
  FAILURE_REASON_TIMEOUT: 'No route was found in time.',
  FAILURE_REASON_NO_ROUTE: 'There is no route to the destination within the fee limit.',
  FAILURE_REASON_ERROR: 'The node failed the payment.',
  FAILURE_REASON_INCORRECT_PAYMENT_DETAILS:
    'The destination does not know this invoice (any longer).',
  FAILURE_REASON_INSUFFICIENT_BALANCE: 'The node’s channels have insufficient balance.',
  FAILURE_REASON_CANCELED: 'The payment was cancelled at the node.',
};

export interface LndSettings {
  /** The REST listener, such as `https://lnd.example.com:8080`. */
  url: string;
  /**
   * In hexadecimal; requires `offchain:read offchain:write invoices:read invoices:write info:read`.
   */
  macaroonHex: string;
  /** The node's `tls.cert` in PEM; undefined if a public CA signed it. */
  tlsCertificate?: string | undefined;
}

const Failure = z.object({ code: z.number().int(), message: z.string() });
const Failed = z.union([z.object({ error: Failure }).transform(({ error }) => error), Failure]);
const Payment = z.object({
  status: z.enum(['UNKNOWN', 'IN_FLIGHT', 'SUCCEEDED', 'FAILED', 'INITIATED']),
  payment_hash: z.string().optional(),
  payment_preimage: z.string().optional(),
  fee_msat: z.coerce.bigint().optional(),
  failure_reason: z.string().optional(),
});
const Update = z.object({ result: Payment });
const Added = z.object({ r_hash: z.base64(), payment_request: z.string() });
const Looked = z.object({
  state: z.enum(['OPEN', 'SETTLED', 'CANCELED', 'ACCEPTED']),
  amt_paid_sat: z.coerce.bigint().default(0n),
});

/** A rail on an LND node, over its REST API (https://lightning.engineering/api-docs). */
export function lndRail(
  name: string,
  { url, macaroonHex, tlsCertificate }: LndSettings,
): LightningRail {
  const client = clientOf({ url, macaroonHex, tlsCertificate });
  const track = async (paymentHash: string): Promise<RailFound> => {
    // LND rejects the hash without padding.
    const hash = `${Buffer.from(paymentHash, 'hex').toString('base64url')}=`;
    const path = `/v2/router/track/${hash}?no_inflight_updates=false`;
    return stateOf(await client.call({ path, timeoutMs: TRACK_MS_MAX }), paymentHash);
  };
  return {
    name,
    voidsAbsent: false,
    prepare: prepareInvoice,
    async pay({ preparation, feeLimitSats }): Promise<RailResult> {
      const answer = await client.call({
        method: 'POST',
        path: '/v2/router/send',
        body: {
          payment_request: preparation.invoice,
          timeout_seconds: ROUTE_SECONDS_MAX,
          fee_limit_sat: String(feeLimitSats),
          no_inflight_updates: true,
        },
        timeoutMs: PAY_MS_MAX,
      });
      const hash = preparation.paymentHash ?? '';
      const state = stateOf(answer, hash);
      if (state.status === 'absent') throw new RailUnreachable('LND', 'it lost the payment.');
      return state;
    },
    lookup: ({ preparation }) => track(preparation.paymentHash ?? ''),
    async createInvoice({ amountSats, description, expirySeconds }) {
      const answer = await client.call({
        method: 'POST',
        path: '/v1/invoices',
        body: { value: String(amountSats), memo: description, expiry: String(expirySeconds) },
      });
      const { r_hash, payment_request } = read('LND', Added, answer);
      return {
        invoice: payment_request,
        paymentHash: Buffer.from(r_hash, 'base64').toString('hex'),
        expiresAt: new Date(Date.now() + expirySeconds * 1_000),
      };
    },
    async lookupInvoice(paymentHash) {
      const answer = await client.call({ path: `/v1/invoice/${paymentHash}` });
      // Cancelled invoices may be deleted.
      if (Failed.safeParse(answer.body).data?.code === NOT_FOUND) return { status: 'expired' };
      const { state, amt_paid_sat } = read('LND', Looked, answer);
      if (state === 'SETTLED') return { status: 'settled', amountSats: amt_paid_sat };
      return { status: state === 'CANCELED' ? 'expired' : 'open' };
    },
    async health() {
      const Balance = z.object({ local_balance: z.object({ sat: z.coerce.bigint() }) });
      const answer = await client.call({ path: '/v1/balance/channels' });
      return { balanceSats: read('LND', Balance, answer).local_balance.sat };
    },
  };
}

function clientOf({ url, macaroonHex, tlsCertificate }: LndSettings): RailClient {
  const client = railClient({
    rail: 'LND',
    url,
    headers: { 'grpc-metadata-macaroon': macaroonHex },
    ...(tlsCertificate ? { ca: tlsCertificate } : {}),
  });
  return {
    async call(request) {
      const answer = await client.call(request);
      const failed = Failed.safeParse(answer.body);
      if (failed.success && TURNED_AWAY.test(failed.data.message)) {
        throw new RailForbidden('LND', answer.status, 'Check its macaroon in the settings.');
      }
      return answer;
    },
  };
}

/** The last payment update that was read from the stream. */
function stateOf(answer: RailAnswer, paymentHash: string): RailFound {
  const lines = answer.text.trim().split('\n').map(parsed);
  const last = lines.findLast((line) => line !== null) ?? null;
  const failed = Failed.safeParse(last);
  if (failed.success) return failureState(failed.data);
  const { result } = read('LND', Update, { ...answer, body: last });
  if (result.status === 'SUCCEEDED') {
    return {
      status: 'paid',
      externalId: paymentHash,
      preimage: result.payment_preimage ?? null,
      feeSats: ((result.fee_msat ?? 0n) + 999n) / 1_000n,
    };
  }
  if (result.status !== 'FAILED') return { status: 'pending' };
  const reason = result.failure_reason ?? '';
  const final = FINAL_FAILURES.has(reason);
  return {
    status: 'refused',
    reason: FAILURES[reason] ?? 'The payment failed in flight.',
    fault: final ? 'destination' : 'rail',
    final,
  };
}

function failureState({ code, message }: z.infer<typeof Failure>): RailFound {
  if (code === NOT_FOUND) return { status: 'absent' };
  if (code === ALREADY_EXISTS) return { status: 'pending' };
  if (REFUSALS.test(message)) {
    return {
      status: 'refused',
      reason: `LND says: ${message}.`,
      fault: 'destination',
      final: false,
    };
  }
  throw new RailUnreachable('LND', message);
}

function parsed(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return null;
  }
}
