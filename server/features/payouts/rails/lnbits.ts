import { z } from 'zod';
import { readInvoice } from '@/server/platform/lightning';
import { prepareInvoice } from './prepare-invoice';
import type { LightningRail, RailFound, RailResult, Refusal } from './rail';
import {
  type RailAnswer,
  type RailClient,
  RailForbidden,
  RailUnreachable,
  railClient,
  read,
} from './rail-http';

const MSATS_PER_SAT = 1_000n;
/** LNbits waits for its node before it responds; after that the payment is pending. */
const PAY_MS_MAX = 45_000;

/** LNbits' own status for payment errors. */
const PAYMENT_ERROR = 520;

export interface LnbitsSettings {
  /** Such as `https://lnbits.example.com`. */
  url: string;
  /** The admin key of the paying wallet. */
  adminKey: string;
}

const Details = z.object({
  checking_id: z.string(),
  status: z.enum(['pending', 'success', 'failed']),
  /** In millisats; negative for outgoing payments. */
  amount: z.number().int(),
  /** In millisats; negative if paid. */
  fee: z.number().int(),
  preimage: z.string().nullish(),
});
type Details = z.infer<typeof Details>;
/** Anyone can query whether a hash was paid; only the wallet itself gets the details. */
const Found = z.object({ paid: z.boolean(), details: Details.optional() });
const Created = z
  .object({
    payment_hash: z.string(),
    bolt11: z.string().optional(),
    payment_request: z.string().optional(),
  })
  .transform((answer, context) => {
    const invoice = readInvoice(answer.bolt11 ?? answer.payment_request ?? '');
    if (invoice && invoice.paymentHash === answer.payment_hash) return invoice;
    context.addIssue('There is no invoice with that hash.');
    return z.NEVER;
  });
const Complaint = z.object({ detail: z.string(), status: z.string().optional() });
const Reserve = z.object({ fee_reserve: z.number().nonnegative() });
/** The response to an admin key; for an invoice key it has no ID. */
const Wallet = z.object({ balance: z.number(), id: z.string().optional() });

/** LNbits' response, instead of HTTP 401, to an unknown key. */
const NO_WALLET = 'Wallet not found.';
/** LNbits' own limits, checked before anything is sent. */
const LIMITS = /withdrawal limit|not allowed to spend/i;

/** A rail on an LNbits wallet, over its REST API (https://lnbits.com; version 1). */
export function lnbitsRail(name: string, { url, adminKey }: LnbitsSettings): LightningRail {
  const client = clientOf(url, adminKey);
  return {
    name,
    voidsAbsent: false,
    async prepare(request) {
      const prepared = await prepareInvoice(request);
      if (prepared.status === 'refused') return prepared;
      const { invoice } = prepared.preparation;
      return (await reserveFault(client, invoice, request.feeLimitSats)) ?? prepared;
    },
    async pay({ preparation }) {
      const bolt11 = preparation.invoice ?? '';
      const hash = preparation.paymentHash ?? '';
      const answer = await client.call({
        method: 'POST',
        path: '/api/v1/payments',
        body: { out: true, bolt11 },
        timeoutMs: PAY_MS_MAX,
      });
      const made = Details.safeParse(answer.body);
      if (answer.status < 300 && made.success) return stateOf(hash, made.data);
      // Other errors concern a payment that exists or may exist, so it is looked up.
      return refusalOf(answer) ?? (await findAfterPaying(client, hash, answer));
    },
    lookup: ({ preparation }) => find(client, preparation.paymentHash ?? ''),
    async createInvoice({ amountSats, description, expirySeconds, notifyUrl }) {
      const body = {
        ...{ out: false, amount: Number(amountSats), unit: 'sat' },
        ...{ memo: description, expiry: expirySeconds },
      };
      const ask = (more: object) =>
        client.call({ method: 'POST', path: '/api/v1/payments', body: { ...body, ...more } });
      let answer = await ask(notifyUrl ? { webhook: notifyUrl } : {});
      // LNbits may restrict webhook addresses; the invoice is then polled instead.
      if (answer.status === 400 && notifyUrl) answer = await ask({});
      const { text, paymentHash, expiresAt } = read('LNbits', Created, answer);
      return { invoice: text, paymentHash, expiresAt };
    },
    async lookupInvoice(paymentHash) {
      const details = await detailsOf(client, paymentHash);
      if (details === null) return { status: 'expired' };
      // An invoice paid by its own wallet appears as the outgoing payment.
      const amountSats = BigInt(Math.abs(details.amount)) / MSATS_PER_SAT;
      if (details.status === 'success') return { status: 'settled', amountSats };
      return { status: details.status === 'failed' ? 'expired' : 'open' };
    },
    async health() {
      const { balance, id } = await walletOf(client);
      if (id === undefined) {
        throw new RailForbidden('LNbits', 403, 'The key is an invoice key; enter the admin key.');
      }
      return { balanceSats: BigInt(Math.trunc(balance)) / MSATS_PER_SAT };
    },
  };
}

function clientOf(url: string, adminKey: string): RailClient {
  const client = railClient({ rail: 'LNbits', url, headers: { 'x-api-key': adminKey } });
  return {
    async call(request) {
      const answer = await client.call(request);
      if (complaintOf(answer) === NO_WALLET) throw new RailForbidden('LNbits', answer.status);
      return answer;
    },
  };
}

const complaintOf = ({ body }: RailAnswer) => Complaint.safeParse(body).data?.detail;

const walletOf = async (client: RailClient) =>
  read('LNbits', Wallet, await client.call({ path: '/api/v1/wallet' }));

/**
 * LNbits has no fee limit per payment: its node may use LNbits' fee reserve. Null if the reserve is
 * within the limit, or an older LNbits does not report it.
 */
async function reserveFault(
  client: RailClient,
  invoice: string | null,
  feeLimitSats: bigint,
): Promise<Refusal | null> {
  const answer = await client.call({
    path: `/api/v1/payments/fee-reserve?invoice=${encodeURIComponent(invoice ?? '')}`,
  });
  const reserve = Reserve.safeParse(answer.body);
  if (!reserve.success) return null;
  const sats = satsUp(Math.ceil(reserve.data.fee_reserve));
  if (sats <= feeLimitSats) return null;
  const reason = `LNbits reserves ${sats} sats for fees, and ${feeLimitSats} are allowed.`;
  return { status: 'refused', reason, fault: 'rail', final: false };
}

/**
 * LNbits' record of a payment from or to this wallet; null if there is none.
 * @throws RailForbidden if the key is invalid, because it then gets no details.
 */
async function detailsOf(client: RailClient, paymentHash: string): Promise<Details | null> {
  const answer = await client.call({ path: `/api/v1/payments/${paymentHash}` });
  if (answer.status === 404 && complaintOf(answer) !== undefined) {
    // LNbits returns this for any key as well.
    await walletOf(client);
    return null;
  }
  const { details } = read('LNbits', Found, answer);
  if (!details) throw new RailForbidden('LNbits', 403);
  return details;
}

async function find(client: RailClient, paymentHash: string): Promise<RailFound> {
  const details = await detailsOf(client, paymentHash);
  // An unpaid invoice of this wallet itself.
  if (!details || details.amount > 0) return { status: 'absent' };
  return stateOf(paymentHash, details);
}

/**
 * Looks up a payment that LNbits was told to make.
 * @throws RailUnreachable if it does not say, because the outcome is then unknown.
 */
async function findAfterPaying(client: RailClient, paymentHash: string, answer: RailAnswer) {
  const found = await find(client, paymentHash).catch((error: Error) => {
    throw new RailUnreachable('LNbits', `it took the payment, then: ${error.message}`);
  });
  if (found.status !== 'absent') return found;
  const words = complaintOf(answer) ?? `HTTP ${answer.status}`;
  throw new RailUnreachable('LNbits', `it does not report the payment’s outcome (${words}).`);
}

function stateOf(paymentHash: string, { status, preimage, fee }: Details): RailResult {
  if (status === 'pending') return { status };
  if (status === 'failed') {
    const reason = 'The payment failed in flight.';
    return { status: 'refused', reason, fault: 'rail', final: false };
  }
  return {
    status: 'paid',
    externalId: paymentHash,
    preimage: preimage ?? null,
    feeSats: satsUp(Math.abs(fee)),
  };
}

const satsUp = (msats: number) => (BigInt(msats) + MSATS_PER_SAT - 1n) / MSATS_PER_SAT;

/** A rejection, if the error proves that nothing was paid; else null. */
function refusalOf(answer: RailAnswer): Refusal | null {
  const complaint = Complaint.safeParse(answer.body);
  if (!complaint.success) return null;
  const { detail, status } = complaint.data;
  // "Already paid" is also reported as failed if both wallets are on the same LNbits.
  const isFailed =
    answer.status === PAYMENT_ERROR && status === 'failed' && !/already paid/i.test(detail);
  if (!isFailed && !(answer.status === 400 && LIMITS.test(detail))) return null;
  return { status: 'refused', reason: `LNbits says: ${detail}`, fault: 'rail', final: false };
}
