import { getCallbackSecrets } from '@/server/features/organizations';
import { clock } from '@/server/platform/clock';
import { db } from '@/server/platform/db';
import { dialectOf } from '../dialects';
import { openEndpointSecrets } from '../endpoint-secret';
import { type LoadedDelivery, loadDelivery } from './load-delivery';
import { recordTry } from './record-try';
import { sendEvent, type TryResult } from './send-event';

/**
 * `closed`: nothing more for this caller to do. `open`: to be tried again after `delayMs`, by whoever
 * finds `attemptCount` unchanged then.
 */
export type TryOutcome =
  | { state: 'closed' }
  | { state: 'open'; attemptCount: number; delayMs: number };

/** While a try is under way the delivery is not due; past this the process that made it is gone. */
const LEASE_MS = 30_000;

/**
 * Makes one try at a delivery, unless it is settled, not due, or somebody else's by now.
 * @param expected the count of tries the caller saw last: where it has changed, another caller has
 *   taken over. Null for a caller that has seen none, which takes what is due.
 */
export async function tryDelivery(id: string, expected: number | null): Promise<TryOutcome> {
  const loaded = await loadDelivery(id);
  if (loaded?.delivery.status !== 'pending') return { state: 'closed' };
  if (loaded.endpoint && (loaded.endpoint.status === 'disabled' || loaded.endpoint.deletedAt)) {
    await giveUp(id);
    return { state: 'closed' };
  }
  const number = await claimTry(id, expected);
  if (number === null) return { state: 'closed' };
  const delayMs = await recordTry(loaded, number, await sendLoaded(loaded));
  return delayMs === null ? { state: 'closed' } : { state: 'open', attemptCount: number, delayMs };
}

/** Posts a loaded delivery once, to where its endpoint is now. */
export async function sendLoaded({ delivery, endpoint }: LoadedDelivery): Promise<TryResult> {
  const { event, organizationId, mode } = delivery;
  return sendEvent({
    url: endpoint?.url ?? delivery.url,
    mode,
    signatureHeader: dialectOf(delivery.dialect).signatureHeader,
    eventId: event.id,
    body: delivery.body ?? event.body,
    secrets: endpoint
      ? openEndpointSecrets(endpoint, clock.now())
      : await callbackSecrets(organizationId),
  });
}

async function callbackSecrets(organizationId: string): Promise<[string, ...string[]]> {
  const { secret, previous } = await getCallbackSecrets(organizationId);
  return previous ? [secret, previous.secret] : [secret];
}

/** Takes the next try for this caller alone; its number, or null where it is not to be had. */
async function claimTry(id: string, expected: number | null): Promise<number | null> {
  const now = clock.now();
  const [claimed] = await db.delivery.updateManyAndReturn({
    where: {
      id,
      status: 'pending',
      ...(expected === null ? { nextAttemptAt: { lte: now } } : { attemptCount: expected }),
    },
    data: {
      attemptCount: { increment: 1 },
      nextAttemptAt: new Date(now.getTime() + LEASE_MS),
    },
    select: { attemptCount: true },
  });
  return claimed?.attemptCount ?? null;
}

async function giveUp(id: string): Promise<void> {
  await db.delivery.updateMany({
    where: { id, status: 'pending' },
    data: { status: 'failed', nextAttemptAt: null },
  });
}
