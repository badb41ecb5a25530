import { z } from 'zod';
import { readInvoice } from '@/server/platform/lightning';
import { prepareInvoice } from './prepare-invoice';
import type { LightningRail, Paid, RailLookup, Refusal } from './rail';
import { type RailAnswer, type RailClient, RailUnreachable, railClient, read } from './rail-http';

const MSATS_PER_SAT = 1_000n;
/** LNbits waits for its node before it answers; then the payment is pending. */
const PAY_MS_MAX = 45_000;

/** LNbits' own status of an error that it raised about a payment. */
const PAYMENT_ERROR = 520;
/** Its status where a request is not as it wants it. */
const REFUSED = 400;

export interface LnbitsSettings {
  /** Such as `https://lnbits.example.com`. */
  url: string;
  /** The admin key of the wallet that pays. */
  adminKey: string;
}

const Details = z.object({
  status: z.enum(['pending', 'success', 'failed']).optional(),
  checking_id: z.string(),
  /** In thousandths of a sat, negative where they were paid. */
  fee: z.number().int().default(0),
  preimage: z.string().nullish(),
});
const Found = z.object({
  paid: z.boolean(),
  status: z.string().optional(),
  preimage: z.string().nullish(),
  details: Details.optional(),
});
const Incoming = z.object({
  paid: z.boolean(),
  status: z.string().optional(),
  details: z.object({ amount: z.number().int() }).optional(),
});
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

/** Pays and is paid by an LNbits wallet, over its REST API (https://lnbits.com; version 1). */
export function lnbitsRail(name: string, { url, adminKey }: LnbitsSettings): LightningRail {
  const client = railClient({ rail: 'LNbits', url, headers: { 'x-api-key': adminKey } });
  return {
    name,
    voidsAbsent: false,
    prepare: prepareInvoice,
    async pay({ preparation }) {
      const bolt11 = preparation.invoice ?? '';
      const hash = preparation.paymentHash ?? '';
      const answer = await client.call({
        method: 'POST',
        path: '/api/v1/payments',
        body: { out: true, bolt11 },
        timeoutMs: PAY_MS_MAX,
      });
      if (answer.status < 300) return find(client, hash).then(known);
      const refusal = refusalOf(answer);
      // A complaint about a payment that exists is not about this request, but says that it was made.
      return refusal ?? find(client, hash).then(known);
    },
    lookup: ({ preparation }) => find(client, preparation.paymentHash ?? ''),
    async createInvoice({ amountSats, description, expirySeconds, notifyUrl }) {
      const create = (more: { webhook?: string }) =>
        client.call({
          method: 'POST',
          path: '/api/v1/payments',
          body: {
            out: false,
            amount: Number(amountSats),
            unit: 'sat',
            memo: description,
            expiry: expirySeconds,
            ...more,
          },
        });
      const told = notifyUrl === null ? null : await create({ webhook: notifyUrl });
      // LNbits calls only hosts that its settings allow, such as none on its own machine; then it is asked.
      const answer = told && told.status !== REFUSED ? told : await create({});
      const { text, paymentHash, expiresAt } = read('LNbits', Created, answer);
      return { invoice: text, paymentHash, expiresAt };
    },
    async lookupInvoice(paymentHash) {
      const answer = await client.call({ path: `/api/v1/payments/${paymentHash}` });
      if (answer.status === 404) return { status: 'expired' };
      const { paid, status, details } = read('LNbits', Incoming, answer);
      if (paid)
        return { status: 'settled', amountSats: BigInt(details?.amount ?? 0) / MSATS_PER_SAT };
      return { status: status === 'failed' ? 'expired' : 'open' };
    },
    async health() {
      const answer = await client.call({ path: '/api/v1/wallet' });
      const { balance } = read('LNbits', z.object({ balance: z.number() }), answer);
      return { balanceSats: BigInt(Math.trunc(balance)) / MSATS_PER_SAT };
    },
  };
}

async function find(client: RailClient, paymentHash: string): Promise<RailLookup> {
  const answer = await client.call({ path: `/api/v1/payments/${paymentHash}` });
  if (answer.status === 404 && Complaint.safeParse(answer.body).success)
    return { status: 'absent' };
  const { paid, status, preimage, details } = read('LNbits', Found, answer);
  if (paid) return paidResult(paymentHash, details, preimage);
  if (status === 'failed' || details?.status === 'failed') {
    return {
      status: 'refused',
      reason: 'The payment failed on the way.',
      fault: 'rail',
      final: false,
    };
  }
  return { status: 'pending' };
}

/** What is known right after the rail has taken a payment: it cannot be absent. */
function known(found: RailLookup) {
  if (found.status !== 'absent') return found;
  throw new RailUnreachable('LNbits', 'it does not know the payment that it took.');
}

function paidResult(
  paymentHash: string,
  details: z.infer<typeof Details> | undefined,
  preimage: string | null | undefined,
): Paid {
  const feeMsats = BigInt(Math.abs(details?.fee ?? 0));
  return {
    status: 'paid',
    externalId: paymentHash,
    preimage: preimage ?? details?.preimage ?? null,
    feeSats: (feeMsats + MSATS_PER_SAT - 1n) / MSATS_PER_SAT,
  };
}

/** A complaint that says for certain that nothing was paid; null where it does not. */
function refusalOf(answer: RailAnswer): Refusal | null {
  const complaint = Complaint.safeParse(answer.body);
  if (answer.status !== PAYMENT_ERROR || !complaint.success) return null;
  const { detail, status } = complaint.data;
  // “Already paid” comes as failed as well where both wallets are of one LNbits.
  if (status !== 'failed' || /already paid/i.test(detail)) return null;
  return { status: 'refused', reason: `LNbits says: ${detail}`, fault: 'rail', final: false };
}
