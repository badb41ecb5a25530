import { type LightningRail, type RailLookup, requestOf } from '@/server/features/payouts';
import { sha256Hex } from '@/server/platform/crypto';
import { db, type Prisma } from '@/server/platform/db';
import { sats } from './sats';
import type { Difference, Ended } from './source';

/** An ended payment: a payout attempt, a rail test, or a refund. */
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
 * Looks an ended payment up at the rail again, by its prepared data.
 * @throws network errors.
 */
export async function comparePayment(
  rail: LightningRail,
  payment: EndedPayment,
  subject: string,
): Promise<Difference | null> {
  const found = await rail.lookup(requestOf(payment));
  // It was rejected before the rail assigned an ID, so it cannot be looked up.
  if (found.status === 'unknown') return null;
  const about = payment.status === 'settled' ? ofSettled(payment, found) : ofFailed(payment, found);
  if (!about) return null;
  // A payment by a later attempt does not belong to this one.
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
    const words = 'The proof of payment belongs to another payment.';
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
      return 'The rail has no record of this payment.';
  }
}

/**
 * Whether a failed payment's invoice was, or may be, paid by another payment over the same rail.
 */
async function isSentAgain(rail: string, { paymentHash }: EndedPayment): Promise<boolean> {
  const where = { paymentHash, status: { not: 'failed' } } satisfies Prisma.PayoutAttemptWhereInput;
  const [attempt, test] = await Promise.all([
    db.payoutAttempt.findFirst({ where: { ...where, rail }, select: { id: true } }),
    db.directPayment.findFirst({ where: { ...where, rail: { name: rail } }, select: { id: true } }),
  ]);
  return attempt !== null || test !== null;
}
