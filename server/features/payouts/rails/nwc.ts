import { z } from 'zod';
import { sha256Hex } from '@/server/platform/crypto';
import { readInvoice } from '@/server/platform/lightning';
import { connectWallet, type NwcAnswer, type NwcConnection } from './nwc-connection';
import { prepareInvoice } from './prepare-invoice';
import type { LightningRail, Paid, RailFound, RailResult, Refusal } from './rail';
import { RailUnreachable } from './rail-http';

const MSATS_PER_SAT = 1_000n;
/** Wallets wait for their node before they respond. */
const PAY_MS_MAX = 45_000;

/** NIP-47 errors that occur before a payment is attempted. */
const REFUSALS: Record<string, string> = {
  INSUFFICIENT_BALANCE: 'The wallet has insufficient balance.',
  QUOTA_EXCEEDED: 'The wallet’s budget for this connection is used up.',
  RESTRICTED: 'The wallet does not allow this connection to pay.',
  NOT_IMPLEMENTED: 'The wallet cannot pay over this connection.',
  RATE_LIMITED: 'The wallet accepts no more requests for now.',
};

export interface NwcSettings {
  /** The wallet's `nostr+walletconnect://…` URI. */
  uri: string;
}

const Paying = z.object({ preimage: z.string(), fees_paid: z.number().nullish() });
/** A payment or an invoice, distinguished by `type`. */
const Transaction = z.object({
  type: z.enum(['incoming', 'outgoing']),
  state: z.string().nullish(),
  preimage: z.string().nullish(),
  amount: z.number(),
  fees_paid: z.number().nullish(),
  settled_at: z.number().nullish(),
  expires_at: z.number().nullish(),
});
type Transaction = z.infer<typeof Transaction>;
const Made = z.object({ invoice: z.string() });

/**
 * A rail on a wallet over Nostr Wallet Connect (NIP-47). Payment requests have no fee limit: that
 * is the wallet's own setting.
 */
export function nwcRail(name: string, { uri }: NwcSettings): LightningRail {
  const wallet = connectWallet(uri);
  return {
    name,
    voidsAbsent: false,
    prepare: prepareInvoice,
    async pay({ preparation }) {
      const hash = preparation.paymentHash ?? '';
      const answer = await wallet.call('pay_invoice', { invoice: preparation.invoice }, PAY_MS_MAX);
      const refusal = refusalOf(answer);
      if (refusal) return refusal;
      const paid = 'result' in answer ? Paying.safeParse(answer.result) : null;
      if (paid?.success && proves(paid.data.preimage, hash) && paid.data.fees_paid != null) {
        return paidBy(hash, paid.data.preimage, paid.data.fees_paid);
      }
      // "Failed" may mean a payment in flight, or one made before.
      return findAfterPaying(wallet, hash, answer);
    },
    lookup: ({ preparation }) => find(wallet, preparation.paymentHash ?? ''),
    async createInvoice({ amountSats, description, expirySeconds }) {
      const answer = await wallet.call('make_invoice', {
        ...{ amount: Number(amountSats * MSATS_PER_SAT), description, expiry: expirySeconds },
      });
      const invoice = readInvoice(resultOf(answer, Made).invoice);
      if (!invoice) throw new RailUnreachable('The wallet', 'it returned an invalid invoice.');
      const { text, paymentHash, expiresAt } = invoice;
      return { invoice: text, paymentHash, expiresAt };
    },
    async lookupInvoice(paymentHash) {
      const found = await transactionOf(wallet, paymentHash);
      if (!found || found.state === 'expired' || found.state === 'failed') {
        return { status: 'expired' };
      }
      if (isSettled(found)) {
        return { status: 'settled', amountSats: BigInt(found.amount) / MSATS_PER_SAT };
      }
      const isOver = found.expires_at != null && found.expires_at * 1_000 < Date.now();
      return { status: isOver ? 'expired' : 'open' };
    },
    async health() {
      const answer = await wallet.call('get_balance', {});
      // A pay-only connection is as healthy as one with read access.
      if ('error' in answer && /RESTRICTED|NOT_IMPLEMENTED/.test(answer.error.code)) {
        return { balanceSats: null };
      }
      const { balance } = resultOf(answer, z.object({ balance: z.number() }));
      return { balanceSats: BigInt(Math.trunc(balance)) / MSATS_PER_SAT };
    },
  };
}

async function find(wallet: NwcConnection, paymentHash: string): Promise<RailFound> {
  const found = await transactionOf(wallet, paymentHash);
  if (found?.type !== 'outgoing') return { status: 'absent' };
  if (isSettled(found)) return paidBy(paymentHash, found.preimage ?? null, found.fees_paid ?? 0);
  if (found.state !== 'failed') return { status: 'pending' };
  const reason = 'The payment failed in flight.';
  return { status: 'refused', reason, fault: 'rail', final: false };
}

/** @throws RailUnreachable if the wallet does not say, because the outcome is then unknown. */
async function findAfterPaying(
  wallet: NwcConnection,
  paymentHash: string,
  answer: NwcAnswer,
): Promise<RailResult> {
  const found = await find(wallet, paymentHash).catch((error: Error) => {
    throw new RailUnreachable('The wallet', `it took the payment, then: ${error.message}`);
  });
  if (found.status !== 'absent') return found;
  const words = 'error' in answer ? answer.error.message || answer.error.code : 'it has no proof';
  throw new RailUnreachable('The wallet', `it does not report the payment’s outcome (${words}).`);
}

/** Null if the wallet does not know the hash. */
async function transactionOf(
  wallet: NwcConnection,
  paymentHash: string,
): Promise<Transaction | null> {
  const answer = await wallet.call('lookup_invoice', { payment_hash: paymentHash });
  if ('error' in answer && answer.error.code === 'NOT_FOUND') return null;
  return resultOf(answer, Transaction);
}

const isSettled = ({ state, settled_at: at }: Transaction) =>
  state === 'settled' || (state == null && at != null && at > 0);

/** @throws RailUnreachable for an error or an invalid response. */
function resultOf<T>(answer: NwcAnswer, schema: z.ZodType<T>): T {
  if ('error' in answer) {
    const { code, message } = answer.error;
    throw new RailUnreachable('The wallet', `${code}: ${message}`);
  }
  const result = schema.safeParse(answer.result);
  if (result.success) return result.data;
  throw new RailUnreachable('The wallet', 'its response violates the protocol.');
}

/** A rejection, if the error proves that nothing was paid; else null. */
function refusalOf(answer: NwcAnswer): Refusal | null {
  const reason = 'error' in answer ? REFUSALS[answer.error.code] : undefined;
  return reason === undefined ? null : { status: 'refused', reason, fault: 'rail', final: false };
}

const proves = (preimage: string, paymentHash: string) =>
  sha256Hex(Buffer.from(preimage, 'hex')) === paymentHash;

function paidBy(paymentHash: string, preimage: string | null, feeMsats: number): Paid {
  const feeSats = (BigInt(Math.abs(feeMsats)) + MSATS_PER_SAT - 1n) / MSATS_PER_SAT;
  return { status: 'paid', externalId: paymentHash, preimage, feeSats };
}
