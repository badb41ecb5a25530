import type { Mode } from '@/server/platform/actor';
import { clock } from '@/server/platform/clock';
import { type Invoice, readInvoice } from '@/server/platform/lightning';
import { UnusableDestination } from '../errors';
import { askForInvoice } from './lnurl';
import type { PrepareResult, RailRequest, Refusal } from './rail';

const MSATS_PER_SAT = 1_000n;
/** Minimum remaining validity of an invoice. */
const LIFE_MS_MIN = 60_000;

/**
 * The invoice to pay: requested from the Lightning address, or the worker's BOLT11 invoice. It must
 * be for the exact amount, on the main network, and not about to expire.
 */
export async function prepareInvoice(request: RailRequest): Promise<PrepareResult> {
  const { destination, amountSats, mode } = request;
  if (destination === null) {
    return refused(
      'No Lightning address is set. Add one under Earnings, then withdraw again.',
      true,
    );
  }
  const own = readInvoice(destination);
  if (own) return checked(own, amountSats, { isOwn: true });
  const asked = await invoiceOf(destination, amountSats, mode);
  if ('status' in asked) return asked;
  return checked(asked, amountSats, { isOwn: false });
}

async function invoiceOf(address: string, amountSats: bigint, mode: Mode) {
  try {
    const invoice = readInvoice(await askForInvoice(address, amountSats, mode));
    return invoice ?? refused(`${address} returned an invalid invoice.`, false);
  } catch (error) {
    if (!(error instanceof UnusableDestination)) throw error;
    return refused(error.message, error.code !== 'destination_unreachable');
  }
}

function checked(invoice: Invoice, amountSats: bigint, { isOwn }: { isOwn: boolean }) {
  const fault = invoiceFault(invoice, amountSats);
  // An address may issue another invoice; the worker's own invoice is fixed.
  if (fault) return refused(fault, isOwn);
  const { text, paymentHash, expiresAt } = invoice;
  return {
    status: 'ready' as const,
    preparation: { invoice: text, paymentHash, externalId: null, expiresAt },
  };
}

/** Why an invoice cannot be paid, as a sentence; null if it can. */
export function invoiceFault(invoice: Invoice, amountSats: bigint): string | null {
  const { network, amountMsats, expiresAt } = invoice;
  if (network !== 'mainnet') return `The invoice is for the ${network}, where sats have no value.`;
  if (amountMsats === null) return 'The invoice has no amount. Create one for the exact amount.';
  if (amountMsats !== amountSats * MSATS_PER_SAT) {
    return `The invoice is for ${sats(amountMsats)} sats, but ${amountSats} are due.`;
  }
  if (expiresAt.getTime() - clock.nowMs() < LIFE_MS_MIN) {
    return 'The invoice has expired, or is about to. Create a new one.';
  }
  return null;
}

function sats(msats: bigint): string {
  const rest = msats % MSATS_PER_SAT;
  const whole = String(msats / MSATS_PER_SAT);
  return rest === 0n ? whole : `${whole}.${String(rest).padStart(3, '0')}`;
}

function refused(reason: string, final: boolean): Refusal {
  return { status: 'refused', reason, fault: 'destination', final };
}
