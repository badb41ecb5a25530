import { setWorkerPayouts } from '@/server/features/workers';
import type { WorkerActor } from '@/server/platform/actor';
import { db, transaction } from '@/server/platform/db';
import { NotFound } from '@/server/platform/errors';
import { kickOutbox } from '@/server/platform/outbox';
import { consume, type RateLimit } from '@/server/platform/rate-limit';
import { TooManyDestinations } from './errors';
import { resolveLightningAddress } from './rails/lnurl';
import { type PayoutSettings, SetPayoutDestination, type SetPayoutTiming } from './schema';
import { isConfirmed, sendKept } from './withdraw-payouts';

const CHECKS: RateLimit = { limit: 10, windowSeconds: 600 };

/**
 * How the worker is paid.
 * @throws NotFound
 */
export async function getPayoutSettings(actor: WorkerActor): Promise<PayoutSettings> {
  const worker = await db.worker.findFirst({
    where: { id: actor.workerId, mode: actor.mode },
    select: { payoutRail: true, payoutDestination: true, payoutTiming: true },
  });
  if (!worker) throw new NotFound('worker');
  return {
    rail: worker.payoutRail,
    destination: worker.payoutDestination,
    timing: worker.payoutTiming,
  };
}

/**
 * Says where payouts go from now on, after asking the address whether it takes them. Those under way
 * keep the destination they were made with.
 * @throws UnusableDestination 422, TooManyDestinations 429, NotFound; ZodError for what is no address.
 */
export async function setPayoutDestination(
  actor: WorkerActor,
  input: SetPayoutDestination,
): Promise<PayoutSettings> {
  const { address } = SetPayoutDestination.parse(input);
  if (address !== null) {
    const state = await consume(`payout-destination:${actor.workerId}`, CHECKS);
    if (!state.allowed) throw new TooManyDestinations(Math.max(1, state.retryAfterSeconds));
    await resolveLightningAddress(address, actor.mode);
  }
  await transaction((tx) => setWorkerPayouts(tx, actor, { payoutDestination: address }));
  return getPayoutSettings(actor);
}

/**
 * Says when payouts leave from now on. Who wants them at once gets what is kept at once, too.
 * @throws NotFound
 */
export async function setPayoutTiming(
  actor: WorkerActor,
  { timing }: SetPayoutTiming,
): Promise<PayoutSettings> {
  await transaction(async (tx) => {
    await setWorkerPayouts(tx, actor, { payoutTiming: timing });
    if (timing === 'at_once' && (await isConfirmed(tx, actor))) await sendKept(tx, actor);
  });
  kickOutbox();
  return getPayoutSettings(actor);
}
