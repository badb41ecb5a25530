import type { PayoutAttempt } from '@/prisma/generated/client';
import type { Actor } from '@/server/platform/actor';
import { clock } from '@/server/platform/clock';
import { db } from '@/server/platform/db';
import { NotFound } from '@/server/platform/errors';
import { assertOperator } from './access';
import { requestOf } from './attempt';
import { failAttempt } from './change-attempt';
import { MayStillBePaid, NotThePayment, PayoutChanged } from './errors';
import { getPayout } from './find-payouts';
import { EXPIRY_MARGIN_MS } from './lifecycle';
import { act } from './look-after-payout';
import type { LightningRail } from './rails/rail';
import { cannotBeAsked, findLightningRail } from './rails/registry';
import { EnterOutcome, type PayoutDetail } from './schema';
import { sendPayout } from './send-payout';
import { hastenLookup } from './transition';

/**
 * Lets an operator enter the outcome of an attempt that its rail cannot look up. A paid one is
 * identified by its payment ID, which is verified with the rail; an unpaid one fails, once it can
 * no longer be paid.
 * @throws Forbidden unless the actor is an operator; NotFound; PayoutChanged 409; NotThePayment
 * 422; MayStillBePaid 409.
 */
export async function enterOutcome(actor: Actor, input: EnterOutcome): Promise<PayoutDetail> {
  assertOperator(actor);
  const given = EnterOutcome.parse(input);
  const { id, reason } = given;
  const attempt = await openAttemptOf(id);
  if (given.outcome === 'not_paid') await giveUp(actor, id, attempt, reason);
  else await namePayment(actor, id, attempt, given);
  return getPayout(actor, { id });
}

async function openAttemptOf(id: string): Promise<PayoutAttempt> {
  const payout = await db.payout.findUnique({ where: { id }, include: { attempt: true } });
  if (!payout) throw new NotFound('payout', id);
  const { attempt } = payout;
  const isOpen = attempt?.status === 'sending' || attempt?.status === 'unknown';
  if (!attempt || !isOpen || !(await cannotBeAsked(attempt))) throw new PayoutChanged();
  return attempt;
}

/** The payment is looked up before its ID is stored, and again when the outcome is recorded. */
async function namePayment(
  actor: Actor,
  id: string,
  attempt: PayoutAttempt,
  { payment, reason }: { payment: string; reason: string },
): Promise<void> {
  const rail = await findLightningRail(attempt.rail);
  const externalId = rail?.names?.of(payment) ?? null;
  if (!rail || externalId === null) {
    throw new NotThePayment('This is not a payment id. Copy it from the account.');
  }
  await assertPaid(rail, { ...attempt, externalId });
  await act(actor, id, 'outcome_entered', async (tx) => {
    const { count } = await tx.payoutAttempt.updateMany({
      where: { id: attempt.id, status: { in: ['sending', 'unknown'] } },
      data: { status: 'unknown', externalId },
    });
    const done = count === 1 && (await hastenLookup(tx, id));
    return { done, data: { outcome: 'paid', payment: externalId, reason } };
  });
  await sendPayout(id);
}

async function assertPaid(rail: LightningRail, attempt: PayoutAttempt): Promise<void> {
  const { rail: name, externalId } = attempt;
  const other = { rail: name, externalId, id: { not: attempt.id } };
  const tested = { rail: { name }, externalId };
  const [isAttempt, isTest] = await Promise.all([
    db.payoutAttempt.findFirst({ where: other, select: { id: true } }),
    db.directPayment.findFirst({ where: tested, select: { id: true } }),
  ]);
  if (isAttempt || isTest) throw new NotThePayment('This payment belongs to something else.');
  const found = await rail.lookup(requestOf(attempt)).catch((error: Error) => {
    throw new NotThePayment(error.message);
  });
  if (found.status !== 'paid') {
    throw new NotThePayment(`The rail reports this payment as ${found.status}, not as paid.`);
  }
}

async function giveUp(
  actor: Actor,
  id: string,
  attempt: PayoutAttempt,
  reason: string,
): Promise<void> {
  const endsMs = (attempt.expiresAt?.getTime() ?? Number.POSITIVE_INFINITY) + EXPIRY_MARGIN_MS;
  if (clock.nowMs() <= endsMs) throw new MayStillBePaid(new Date(Math.min(endsMs, MS_MAX)));
  const said = `An operator found that it was not paid: ${reason}`;
  if (!(await failAttempt(attempt, { reason: said, fault: 'rail', final: false }))) {
    throw new PayoutChanged();
  }
  const data = { outcome: 'not_paid', reason };
  await act(actor, id, 'outcome_entered', async () => ({ done: true, data }));
}

/** The maximum timestamp. */
const MS_MAX = 8.64e15;
