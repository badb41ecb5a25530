import { audit } from '@/server/features/organizations';
import type { Actor } from '@/server/platform/actor';
import { db, type Tx, transaction } from '@/server/platform/db';
import { NotFound } from '@/server/platform/errors';
import { newId } from '@/server/platform/ids';
import { enqueue, kickOutbox } from '@/server/platform/outbox';
import { assertOperator } from './access';
import { failAttempt } from './change-attempt';
import { PayoutChanged } from './errors';
import { getPayout } from './find-payouts';
import { mayBePaid } from './may-be-paid';
import type { HoldPayout, PayoutDetail } from './schema';
import { sendPayout } from './send-payout';
import { endHold, hastenLookup, holdBack, retryFailed } from './transition';

interface Ref {
  id: string;
}

/** Performs an action and its audit entry in one transaction. */
export async function act(
  actor: Actor,
  id: string,
  action: string,
  work: (tx: Tx) => Promise<{ done: boolean; data?: Record<string, string> }>,
): Promise<void> {
  assertOperator(actor);
  await transaction(async (tx) => {
    const payout = await tx.payout.findUnique({ where: { id }, select: { organizationId: true } });
    if (!payout) throw new NotFound('payout', id);
    const { done, data = {} } = await work(tx);
    if (!done) throw new PayoutChanged();
    await audit(tx, actor, `payout.${action}`, `payout:${id}`, data, payout.organizationId);
  });
  kickOutbox();
}

/** Sends it after the commit; keys differ with every release. */
function tellReleased(tx: Tx, id: string): Promise<void> {
  const data = { payoutId: id };
  return enqueue(tx, [{ topic: 'payout.released', key: `${id}:${newId()}`, data }]);
}

/**
 * Looks up an attempt with an unknown outcome immediately. Nothing is sent: only if the rail
 * reports that the request never arrived is the payout retried.
 * @throws Forbidden unless the actor is an operator; NotFound; PayoutChanged 409.
 */
export async function lookUpNow(actor: Actor, { id }: Ref): Promise<PayoutDetail> {
  await act(actor, id, 'looked_up', async (tx) => ({ done: await hastenLookup(tx, id) }));
  await sendPayout(id);
  return getPayout(actor, { id });
}

/**
 * Holds a payout back that no rail was called for; it stays owed. Its preparation is discarded.
 * @throws Forbidden unless the actor is an operator; NotFound; PayoutChanged 409 once it is being
 * sent.
 */
export async function holdPayoutBack(
  actor: Actor,
  { id, reason }: HoldPayout,
): Promise<PayoutDetail> {
  assertOperator(actor);
  const payout = await db.payout.findUnique({ where: { id }, include: { attempt: true } });
  if (payout?.attempt?.status === 'reserved') {
    const stopped = 'An operator stopped it before it was sent.';
    await failAttempt(payout.attempt, { reason: stopped, fault: 'rail', final: false });
  }
  await act(actor, id, 'held_back', async (tx) => ({
    done: await holdBack(tx, id, reason),
    data: { reason },
  }));
  return getPayout(actor, { id });
}

/**
 * Releases a payout held back: it is sent, or held if its worker withdraws manually or cannot be
 * paid yet.
 * @throws Forbidden unless the actor is an operator; NotFound; PayoutChanged 409.
 */
export async function releasePayout(actor: Actor, { id }: Ref): Promise<PayoutDetail> {
  await act(actor, id, 'released', async (tx) => {
    const sends = await leavesAtOnce(tx, id);
    const done = await endHold(tx, id, sends);
    if (done && sends) await tellReleased(tx, id);
    return { done };
  });
  return getPayout(actor, { id });
}

/**
 * Retries a permanently failed payout, to the worker's current destination.
 * @throws Forbidden unless the actor is an operator; NotFound; PayoutChanged 409.
 */
export async function retryPayout(actor: Actor, { id }: Ref): Promise<PayoutDetail> {
  await act(actor, id, 'retried', async (tx) => {
    const done = await retryFailed(tx, id);
    if (done) await tellReleased(tx, id);
    return { done };
  });
  return getPayout(actor, { id });
}

async function leavesAtOnce(tx: Tx, id: string): Promise<boolean> {
  const payout = await tx.payout.findUnique({ where: { id }, select: { workerId: true } });
  const worker = await tx.worker.findUnique({
    where: { id: payout?.workerId ?? id },
    select: { payoutTiming: true, user: { select: { emailConfirmedAt: true } } },
  });
  return worker !== null && worker.payoutTiming === 'at_once' && mayBePaid(worker);
}
