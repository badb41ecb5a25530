import { getCallbackSecrets } from '@/server/features/organizations';
import { clock } from '@/server/platform/clock';
import { dialectOf } from '../dialects';
import { openEndpointSecrets } from '../endpoint-secret';
import { claimDelivery, giveUpDisabled, type LoadedDelivery } from './load-delivery';
import { recordTry } from './record-try';
import { sendEvent, type TryResult } from './send-event';
import { deliveryTrace, traceTry } from './trace-delivery';

/**
 * `closed`: nothing left to do. `open`: retry after `delayMs`, if `attemptCount` is unchanged then.
 */
export type TryOutcome =
  | { state: 'closed' }
  | { state: 'open'; attemptCount: number; delayMs: number };

/**
 * Makes one attempt at a delivery, unless it is settled, not due, or claimed by another caller.
 * @param expected the attempt count the caller last saw: if it has changed, another caller has
 * taken over. Null if the caller has seen none; claims what is due.
 */
export async function tryDelivery(id: string, expected: number | null): Promise<TryOutcome> {
  const claimed = await claimDelivery(id, expected);
  if (!claimed) {
    await giveUpDisabled(id);
    return { state: 'closed' };
  }
  const { number, ...loaded } = claimed;
  const result = await sendLoaded(loaded);
  const delayMs = await recordTry(loaded, number, result);
  traceTry(loaded, number, result, delayMs === null);
  return delayMs === null ? { state: 'closed' } : { state: 'open', attemptCount: number, delayMs };
}

/** Posts a loaded delivery once, to its endpoint's current URL. */
export async function sendLoaded(loaded: LoadedDelivery): Promise<TryResult> {
  const { delivery, endpoint } = loaded;
  const { event, organizationId, mode } = delivery;
  return sendEvent({
    url: endpoint?.url ?? delivery.url,
    mode,
    signatureHeader: dialectOf(delivery.dialect).signatureHeader,
    eventId: event.id,
    body: delivery.body ?? event.body,
    trace: deliveryTrace(loaded),
    secrets: endpoint
      ? openEndpointSecrets(endpoint, clock.now())
      : await callbackSecrets(organizationId),
  });
}

async function callbackSecrets(organizationId: string): Promise<[string, ...string[]]> {
  const { secret, previous } = await getCallbackSecrets(organizationId);
  return previous ? [secret, previous.secret] : [secret];
}
