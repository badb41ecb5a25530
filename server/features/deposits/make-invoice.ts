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
  /** What it is for, such as `Deposit`. */
  about: string;
  amountSats: bigint;
  expirySeconds: number;
  /** Where the rail tells that it is paid. */
  notifyUrl: string;
}

/**
 * An invoice of the first rail, in the operator's order, that answers and gives one.
 * @returns it with the rail's name.
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
      log.warn({ err: error, rail: rail.name }, 'A rail gave no invoice for a deposit');
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
  // Sats of a test network must not become real ones, nor the invoice of another be settled as ours.
  if (
    invoice?.network !== 'mainnet' ||
    invoice.paymentHash !== made.paymentHash ||
    invoice.amountMsats !== wanted.amountSats * MSATS_PER_SAT
  ) {
    throw new Error('It gave an invoice that is not of the main network, or not as it was asked.');
  }
  const { text, paymentHash, expiresAt } = invoice;
  return { invoice: text, paymentHash, expiresAt };
}
