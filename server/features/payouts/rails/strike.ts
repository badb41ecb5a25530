import { v4 as newKey } from 'uuid';
import { z } from 'zod';
import { clock } from '@/server/platform/clock';
import { readInvoice } from '@/server/platform/lightning';
import { prepareInvoice } from './prepare-invoice';
import type {
  LightningRail,
  Preparation,
  PrepareResult,
  RailRequest,
  RailResult,
  Refusal,
} from './rail';
import { type RailAnswer, type RailClient, RailUnreachable, railClient, read } from './rail-http';
import { Btc, BtcMoney, btcOf, satsDown, satsUp } from './strike-btc';

const STRIKE_URL = 'https://api.strike.me';
const PAY_MS_MAX = 45_000;
const DESCRIPTION_CHARS_MAX = 250;

export interface StrikeSettings {
  apiKey: string;
  /** Defaults to Strike's own; another one is a sandbox, for example. */
  url?: string | undefined;
}

/** The prefix of an attempt's external ID: its quote, until Strike assigns a payment ID. */
const QUOTE = 'quote:';
const PAYMENT = 'payment:';

const Quote = z.object({
  paymentQuoteId: z.uuid(),
  validUntil: z.coerce.date().nullish(),
  /** The received amount, and the fee. */
  amount: BtcMoney,
  totalAmount: BtcMoney,
});
const Payment = z.object({
  paymentId: z.uuid(),
  state: z.enum(['PENDING', 'COMPLETED', 'FAILED']),
  amount: BtcMoney,
  totalAmount: BtcMoney,
});
const Complaint = z.object({ data: z.object({ code: z.string(), message: z.string() }) });
const Requested = z
  .object({ bolt11: z.object({ invoice: z.string(), paymentHash: z.string() }) })
  .transform(({ bolt11 }, context) => {
    const invoice = readInvoice(bolt11.invoice);
    if (invoice && invoice.paymentHash === bolt11.paymentHash.toLowerCase()) return invoice;
    context.addIssue('There is no invoice with that hash.');
    return z.NEVER;
  });
const Requests = z.object({ items: z.array(Requested) });
const Receives = z.object({
  items: z.array(
    z.object({
      state: z.enum(['PENDING', 'COMPLETED']),
      amountReceived: z.unknown().optional(),
      /** Present if another currency was received, as between two Strike accounts. */
      amountCredited: z.unknown().optional(),
    }),
  ),
});
const Balances = z.array(z.object({ currency: z.string(), available: z.string() }));

/** Errors that prove that nothing was paid, with the party at fault. */
const REFUSALS: Record<string, Refusal['fault']> = {
  AMOUNT_TOO_HIGH: 'rail',
  AMOUNT_TOO_LOW: 'rail',
  BALANCE_TOO_LOW: 'rail',
  CURRENCY_UNSUPPORTED: 'rail',
  INVALID_AMOUNT: 'destination',
  INVALID_LN_INVOICE: 'destination',
  INVALID_RECIPIENT: 'destination',
  INVALID_STATE_FOR_INVOICE_EXPIRED: 'destination',
  LN_ROUTE_NOT_FOUND: 'rail',
  PAYMENT_QUOTE_EXPIRED: 'rail',
  RATE_LIMIT_EXCEEDED: 'rail',
  SELF_PAYMENT_NOT_ALLOWED: 'destination',
  TOO_MANY_ATTEMPTS: 'rail',
  TOO_MANY_TRANSACTIONS: 'rail',
  USER_CURRENCY_UNAVAILABLE: 'rail',
};

/**
 * A rail on a Strike account in bitcoin, over its REST API (https://docs.strike.me; version 1). A
 * quote is executed once. Its outcome can be looked up by the payment ID in the response; if that
 * was lost, only the account's holder can tell.
 */
export function strikeRail(
  name: string,
  { apiKey, url = STRIKE_URL }: StrikeSettings,
): LightningRail {
  const client = railClient({
    ...{ rail: 'Strike', url },
    headers: { authorization: `Bearer ${apiKey}` },
  });
  return {
    name,
    voidsAbsent: false,
    async prepare(request) {
      const prepared = await prepareInvoice(request);
      if (prepared.status === 'refused') return prepared;
      return quote(client, request, prepared.preparation);
    },
    async pay({ preparation, amountSats }) {
      const quoteId = after(QUOTE, preparation);
      if (quoteId === null) throw new RailUnreachable('Strike', 'the attempt has no quote.');
      const answer = await client.call({
        method: 'PATCH',
        path: `/v1/payment-quotes/${quoteId}/execute`,
        timeoutMs: PAY_MS_MAX,
      });
      return refusalOf(answer) ?? stateOf(answer, amountSats);
    },
    async lookup({ preparation, amountSats }) {
      const paymentId = after(PAYMENT, preparation);
      if (paymentId !== null) {
        const answer = await client.call({ path: `/v1/payments/${paymentId}` });
        return stateOf(answer, amountSats);
      }
      // Queried nevertheless, to detect an invalid key.
      await balanceOf(client);
      return { status: 'unknown' };
    },
    names: {
      of(given) {
        const id = z.uuid().safeParse(given.trim().toLowerCase());
        return id.success ? PAYMENT + id.data : null;
      },
      has: (externalId) => externalId?.startsWith(PAYMENT) ?? false,
    },
    async createInvoice({ amountSats, description, expirySeconds }) {
      const bolt11 = {
        amount: btcOf(amountSats),
        description: description.slice(0, DESCRIPTION_CHARS_MAX),
        expiryInSeconds: expirySeconds,
      };
      const answer = await client.call({
        ...{ method: 'POST', path: '/v1/receive-requests' },
        body: { bolt11, targetCurrency: 'BTC' },
      });
      const { text, paymentHash, expiresAt } = read('Strike', Requested, answer);
      return { invoice: text, paymentHash, expiresAt };
    },
    async lookupInvoice(paymentHash) {
      const query = `?$paymentHash=${paymentHash}`;
      const came = await client.call({ path: `/v1/receive-requests/receives${query}` });
      const { items } = read('Strike', Receives, came);
      if (items.some(({ state }) => state === 'PENDING')) return { status: 'open' };
      if (items.length > 0) {
        const msats = items.reduce((sum, item) => sum + receivedMsats(item), 0n);
        return { status: 'settled', amountSats: satsDown(msats) };
      }
      const asked = await client.call({ path: `/v1/receive-requests${query}` });
      const [request] = read('Strike', Requests, asked).items;
      const isOpen = request !== undefined && request.expiresAt > clock.now();
      return { status: isOpen ? 'open' : 'expired' };
    },
    health: async () => ({ balanceSats: await balanceOf(client) }),
  };
}

const after = (prefix: string, { externalId }: Preparation) =>
  externalId?.startsWith(prefix) ? externalId.slice(prefix.length) : null;

/** Requests a quote for the payment. Sends nothing; an unused quote expires. */
async function quote(
  client: RailClient,
  { amountSats, feeLimitSats }: RailRequest,
  preparation: Preparation,
): Promise<PrepareResult> {
  const answer = await client.call({
    ...{ method: 'POST', path: '/v1/payment-quotes/lightning' },
    headers: { 'idempotency-key': newKey() },
    body: { lnInvoice: preparation.invoice, sourceCurrency: 'BTC' },
  });
  const refusal = refusalOf(answer) ?? paidBefore(answer);
  if (refusal) return refusal;
  const { paymentQuoteId, validUntil, amount, totalAmount } = read('Strike', Quote, answer);
  if (satsUp(amount) !== amountSats || satsDown(amount) !== amountSats || totalAmount < amount) {
    throw new RailUnreachable('Strike', 'its quote and the invoice have different amounts.');
  }
  const feeSats = satsUp(totalAmount - amount);
  if (feeSats > feeLimitSats) {
    const reason = `Strike asks ${feeSats} sats for fees, and ${feeLimitSats} are allowed.`;
    return { status: 'refused', reason, fault: 'rail', final: false };
  }
  const ends = [preparation.expiresAt, validUntil].flatMap((at) => (at ? [at.getTime()] : []));
  return {
    status: 'ready',
    preparation: {
      ...preparation,
      externalId: QUOTE + paymentQuoteId,
      expiresAt: ends.length > 0 ? new Date(Math.min(...ends)) : null,
    },
  };
}

/** @throws RailUnreachable if it does not report the outcome. */
function stateOf(answer: RailAnswer, amountSats: bigint): RailResult {
  const complaint = Complaint.safeParse(answer.body).data?.data;
  if (complaint) throw new RailUnreachable('Strike', `it says ${complaint.code}.`);
  const { paymentId, state, amount, totalAmount } = read('Strike', Payment, answer);
  if (satsUp(amount) !== amountSats || satsDown(amount) !== amountSats) {
    throw new RailUnreachable('Strike', `its payment ${paymentId} has another amount.`);
  }
  const externalId = PAYMENT + paymentId;
  if (state === 'PENDING') return { status: 'pending', externalId };
  if (state === 'FAILED') {
    const reason = 'The payment failed in flight.';
    return { status: 'refused', reason, fault: 'rail', final: false };
  }
  const feeSats = totalAmount > amount ? satsUp(totalAmount - amount) : 0n;
  return { status: 'paid', externalId, preimage: null, feeSats };
}

function refusalOf({ body }: RailAnswer): Refusal | null {
  const complaint = Complaint.safeParse(body).data?.data;
  const fault = complaint && REFUSALS[complaint.code];
  if (!complaint || !fault) return null;
  const reason = `Strike says: ${complaint.message.replace(/\.?$/, '.')}`;
  return { status: 'refused', reason, fault, final: false };
}

/** A quote rejected because the invoice was already paid by someone; nothing was sent by us yet. */
function paidBefore({ body }: RailAnswer): Refusal | null {
  if (Complaint.safeParse(body).data?.data.code !== 'LN_INVOICE_PROCESSED') return null;
  const reason = 'This invoice was already paid. Use another one.';
  return { status: 'refused', reason, fault: 'destination', final: false };
}

function receivedMsats(item: { amountReceived?: unknown; amountCredited?: unknown }): bigint {
  const received = BtcMoney.safeParse(item.amountReceived);
  const credited = received.success ? received : BtcMoney.safeParse(item.amountCredited);
  if (credited.success) return credited.data;
  throw new RailUnreachable('Strike', 'it does not report the received amount in bitcoin.');
}

async function balanceOf(client: RailClient): Promise<bigint> {
  const balances = read('Strike', Balances, await client.call({ path: '/v1/balances' }));
  const own = Btc.safeParse(balances.find(({ currency }) => currency === 'BTC')?.available);
  if (own.success) return satsDown(own.data);
  throw new RailUnreachable('Strike', 'the account has no balance in bitcoin.');
}
