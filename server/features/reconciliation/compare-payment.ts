import { type LightningRail, type RailLookup, requestOf } from '@/server/features/payouts';
import { sha256Hex } from '@/server/platform/crypto';
import { db, type Prisma } from '@/server/platform/db';
import { sats } from './sats';
import type { Difference, Ended } from './source';

/** A payment that has ended: an attempt of payouts, a rail's test, or a refund. */
export interface EndedPayment extends Ended {
  status: 'settled' | 'failed';
  amountSats: bigint;
  feeLimitSats: bigint;
  feeSats: bigint;
  destination: string | null;
  invoice: string | null;
  paymentHash: string;
  externalId: string | null;
  expiresAt: Date | null;
}

/**
 * Asks a rail again what became of a payment that has ended, by what was prepared.
 * @throws whatever the network throws.
 */
export async function comparePayment(
  rail: LightningRail,
  payment: EndedPayment,
  subject: string,
): Promise<Difference | null> {
  const found = await rail.lookup(requestOf(payment));
  // It was refused before the rail has named it, so that it cannot be asked about.
  if (found.status === 'unknown') return null;
  const about = payment.status === 'settled' ? ofSettled(payment, found) : ofFailed(payment, found);
  if (!about) return null;
  // What another attempt has paid since is not what this one did.
  if (payment.status === 'failed' && (await isSentAgain(rail.name, payment))) return null;
  return { subject, ...about };
}

type About = Omit<Difference, 'subject'>;
type Found = Exclude<RailLookup, { status: 'unknown' }>;

function ofSettled(payment: EndedPayment, found: Found): About | null {
  const { amountSats, feeSats, paymentHash } = payment;
  const expected = `Paid ${sats(amountSats)}, with a fee of ${sats(feeSats)}.`;
  if (found.status !== 'paid') {
    return { kind: 'not_paid', expected, found: wordsOf(found), sats: amountSats + feeSats };
  }
  if (found.feeSats !== feeSats) {
    const words = `The fee was ${sats(found.feeSats)}.`;
    return { kind: 'fee', expected, found: words, sats: found.feeSats - feeSats };
  }
  const { preimage } = found;
  if (preimage !== null && sha256Hex(Buffer.from(preimage, 'hex')) !== paymentHash) {
    const words = 'Its proof of payment is not of this payment.';
    return { kind: 'preimage', expected, found: words, sats: null };
  }
  return null;
}

function ofFailed({ amountSats }: EndedPayment, found: Found): About | null {
  const expected = 'It failed, and nothing was paid.';
  if (found.status === 'paid') {
    const spent = amountSats + found.feeSats;
    return { kind: 'paid', expected, found: wordsOf(found), sats: spent };
  }
  if (found.status === 'pending') {
    return { kind: 'under_way', expected, found: wordsOf(found), sats: amountSats };
  }
  return null;
}

function wordsOf(found: Found): string {
  switch (found.status) {
    case 'paid':
      return `It was paid, with a fee of ${sats(found.feeSats)}.`;
    case 'pending':
      return 'It is being paid.';
    case 'refused':
      return `It was not paid: ${found.reason}`;
    case 'absent':
      return 'It knows of no such payment.';
  }
}

/** Whether the invoice of a payment that failed is paid by another one now, or may be, by the same rail. */
async function isSentAgain(rail: string, { paymentHash }: EndedPayment): Promise<boolean> {
  const where = { paymentHash, status: { not: 'failed' } } satisfies Prisma.PayoutAttemptWhereInput;
  const [attempt, test] = await Promise.all([
    db.payoutAttempt.findFirst({ where: { ...where, rail }, select: { id: true } }),
    db.directPayment.findFirst({ where: { ...where, rail: { name: rail } }, select: { id: true } }),
  ]);
  return attempt !== null || test !== null;
}
