import type { Mode } from '@/server/platform/actor';
import { clock } from '@/server/platform/clock';
import { type Invoice, readInvoice } from '@/server/platform/lightning';
import { UnusableDestination } from '../errors';
import { askForInvoice } from './lnurl';
import type { PrepareResult, RailRequest, Refusal } from './rail';

const MSATS_PER_SAT = 1_000n;
/** An invoice must live longer than it takes to pay it. */
const LIFE_MS_MIN = 60_000;

/**
 * The invoice that a Lightning rail will pay: asked of the Lightning address, or the BOLT11 invoice
 * that the worker gave. It is for exactly the amount, on the main network, and not about to expire.
 */
export async function prepareInvoice(request: RailRequest): Promise<PrepareResult> {
  const { destination, amountSats, mode } = request;
  if (destination === null) {
    return refused(
      'No Lightning address is set. Add one under Earnings, and withdraw again.',
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
    return invoice ?? refused(`What ${address} gives as an invoice is none.`, false);
  } catch (error) {
    if (!(error instanceof UnusableDestination)) throw error;
    return refused(error.message, error.code !== 'destination_unreachable');
  }
}

function checked(invoice: Invoice, amountSats: bigint, { isOwn }: { isOwn: boolean }) {
  const fault = invoiceFault(invoice, amountSats);
  // Another invoice of an address may be well; one that the worker gave stays as it is.
  if (fault) return refused(fault, isOwn);
  const { text, paymentHash, expiresAt } = invoice;
  return {
    status: 'ready' as const,
    preparation: { invoice: text, paymentHash, externalId: null, expiresAt },
  };
}

/** Why an invoice is not paid, in a sentence; null where it is well. */
export function invoiceFault(invoice: Invoice, amountSats: bigint): string | null {
  const { network, amountMsats, expiresAt } = invoice;
  if (network !== 'mainnet')
    return `The invoice is of the ${network}, where sats are worth nothing.`;
  if (amountMsats === null)
    return 'The invoice names no amount. Make one over the amount that is due.';
  if (amountMsats !== amountSats * MSATS_PER_SAT) {
    return `The invoice is over ${sats(amountMsats)} sats, and ${amountSats} are due.`;
  }
  if (expiresAt.getTime() - clock.nowMs() < LIFE_MS_MIN) {
    return 'The invoice has expired, or is about to. Make a new one.';
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
