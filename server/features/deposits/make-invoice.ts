import {
  type IncomingInvoice,
  isRailUp,
  type LightningRail,
  lightningRails,
  noteRailError,
} from '@/server/features/payouts';
import { env } from '@/server/platform/env';
import { readInvoice } from '@/server/platform/lightning';
import { log } from '@/server/platform/log';
import { NoRail, NoRailAnswers } from './errors';

const MSATS_PER_SAT = 1_000n;

interface WantedInvoice {
  /** The description, such as `Deposit`. */
  about: string;
  amountSats: bigint;
  expirySeconds: number;
  /** Where the rail sends its payment notification. */
  notifyUrl: string;
}

/**
 * Creates an invoice on the first rail, in the operator's order, that responds with one.
 * @returns the invoice and the rail's name.
 * @throws NoRail, NoRailAnswers
 */
export async function makeInvoice(
  wanted: WantedInvoice,
): Promise<IncomingInvoice & { rail: string }> {
  const rails = (await lightningRails()).filter(({ isEnabled }) => isEnabled);
  if (rails.length === 0) throw new NoRail();
  for (const each of rails) {
    if (!(await isRailUp(each))) continue;
    const { rail } = each;
    try {
      return { ...(await invoiceOf(rail, wanted)), rail: rail.name };
    } catch (error) {
      log.warn({ err: error, rail: rail.name }, 'A rail failed to create an invoice for a deposit');
      await noteRailError(rail, error);
    }
  }
  throw new NoRailAnswers();
}

async function invoiceOf(rail: LightningRail, wanted: WantedInvoice): Promise<IncomingInvoice> {
  const { about, ...asked } = wanted;
  const description = `${about} at ${new URL(env.PUBLIC_URL).host}`;
  const made = await rail.createInvoice({ ...asked, description });
  const invoice = readInvoice(made.invoice);
  // Test network sats must not become real ones, nor another party's invoice be settled as ours.
  if (
    invoice?.network !== 'mainnet' ||
    invoice.paymentHash !== made.paymentHash ||
    invoice.amountMsats !== wanted.amountSats * MSATS_PER_SAT
  ) {
    throw new Error('The invoice is not for the main network, or does not match the request.');
  }
  const { text, paymentHash, expiresAt } = invoice;
  return { invoice: text, paymentHash, expiresAt };
}
