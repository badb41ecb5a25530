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
/** LNbits waits for its node before it answers; then the payment is pending. */
const PAY_MS_MAX = 45_000;

/** LNbits' own status of an error that it raised about a payment. */
const PAYMENT_ERROR = 520;

export interface LnbitsSettings {
  /** Such as `https://lnbits.example.com`. */
  url: string;
  /** The admin key of the wallet that pays. */
  adminKey: string;
}

const Details = z.object({
  checking_id: z.string(),
  status: z.enum(['pending', 'success', 'failed']),
  /** In thousandths of a sat, negative where the wallet paid. */
  amount: z.number().int(),
  /** In thousandths of a sat, negative where it was paid. */
  fee: z.number().int(),
  preimage: z.string().nullish(),
});
type Details = z.infer<typeof Details>;
/** Anyone is told whether a hash was paid by whomever; only the wallet itself gets the details. */
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
    context.addIssue('It has no invoice of that hash.');
    return z.NEVER;
  });
const Complaint = z.object({ detail: z.string(), status: z.string().optional() });
const Reserve = z.object({ fee_reserve: z.number().nonnegative() });
/** Of an admin key; the answer to an invoice key has no id. */
const Wallet = z.object({ balance: z.number(), id: z.string().optional() });

/** What LNbits says instead of HTTP 401 where no wallet has the key. */
const NO_WALLET = 'Wallet not found.';
/** Limits of an LNbits, which it meets before it sends anything. */
const LIMITS = /withdrawal limit|not allowed to spend/i;

/** Pays and is paid by an LNbits wallet, over its REST API (https://lnbits.com; version 1). */
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
      // Other complaints are about a payment that exists, or may: it is asked what became of it.
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
      // It may have a list of addresses that it calls; the invoice is then looked up instead.
      if (answer.status === 400 && notifyUrl) answer = await ask({});
      const { text, paymentHash, expiresAt } = read('LNbits', Created, answer);
      return { invoice: text, paymentHash, expiresAt };
    },
    async lookupInvoice(paymentHash) {
      const details = await detailsOf(client, paymentHash);
      if (details === null) return { status: 'expired' };
      // An invoice that its own wallet paid is shown as what it paid.
      const amountSats = BigInt(Math.abs(details.amount)) / MSATS_PER_SAT;
      if (details.status === 'success') return { status: 'settled', amountSats };
      return { status: details.status === 'failed' ? 'expired' : 'open' };
    },
    async health() {
      const { balance, id } = await walletOf(client);
      if (id === undefined) {
        throw new RailForbidden('LNbits', 403, 'The key is an invoice key; give the admin key.');
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
 * LNbits takes no fee limit with a payment: it allows its node what it reserves. Null where that is
 * within the limit, or where an older LNbits does not say.
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
 * What LNbits keeps of a payment from or to this wallet; null where there is none.
 * @throws RailForbidden where the key is of no wallet: it is then told nothing of ours.
 */
async function detailsOf(client: RailClient, paymentHash: string): Promise<Details | null> {
  const answer = await client.call({ path: `/api/v1/payments/${paymentHash}` });
  if (answer.status === 404 && complaintOf(answer) !== undefined) {
    // It says so to any key as well.
    await walletOf(client);
    return null;
  }
  const { details } = read('LNbits', Found, answer);
  if (!details) throw new RailForbidden('LNbits', 403);
  return details;
}

async function find(client: RailClient, paymentHash: string): Promise<RailFound> {
  const details = await detailsOf(client, paymentHash);
  // An invoice of this wallet itself, which it has not paid.
  if (!details || details.amount > 0) return { status: 'absent' };
  return stateOf(paymentHash, details);
}

/**
 * What became of a payment that LNbits was told to make.
 * @throws RailUnreachable where it does not say: it was told, so nothing less is certain.
 */
async function findAfterPaying(client: RailClient, paymentHash: string, answer: RailAnswer) {
  const found = await find(client, paymentHash).catch((error: Error) => {
    throw new RailUnreachable('LNbits', `it took the payment, then: ${error.message}`);
  });
  if (found.status !== 'absent') return found;
  const words = complaintOf(answer) ?? `HTTP ${answer.status}`;
  throw new RailUnreachable('LNbits', `it does not say what became of the payment (${words}).`);
}

function stateOf(paymentHash: string, { status, preimage, fee }: Details): RailResult {
  if (status === 'pending') return { status };
  if (status === 'failed') {
    const reason = 'The payment failed on the way.';
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

/** A complaint that says for certain that nothing was paid; null where it does not. */
function refusalOf(answer: RailAnswer): Refusal | null {
  const complaint = Complaint.safeParse(answer.body);
  if (!complaint.success) return null;
  const { detail, status } = complaint.data;
  // “Already paid” comes as failed as well where both wallets are of one LNbits.
  const isFailed =
    answer.status === PAYMENT_ERROR && status === 'failed' && !/already paid/i.test(detail);
  if (!isFailed && !(answer.status === 400 && LIMITS.test(detail))) return null;
  return { status: 'refused', reason: `LNbits says: ${detail}`, fault: 'rail', final: false };
}
