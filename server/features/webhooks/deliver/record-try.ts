import type { Endpoint } from '@/prisma/generated/client';
import { audit } from '@/server/features/organizations';
import { SYSTEM } from '@/server/platform/actor';
import { clock, spread } from '@/server/platform/clock';
import { type Tx, transaction } from '@/server/platform/db';
import { newId } from '@/server/platform/ids';
import { enqueue, kickOutbox } from '@/server/platform/outbox';
import type { LoadedDelivery } from './load-delivery';
import { FAILING_MS_MAX, nextDelayMs } from './retry-schedule';
import type { TryResult } from './send-event';

/**
 * Writes down what came of a try: the log's row, where the delivery stands, and what it says about
 * the endpoint.
 * @returns milliseconds until the next try, or null where there is none.
 */
export async function recordTry(
  { delivery, endpoint }: LoadedDelivery,
  number: number,
  result: TryResult,
): Promise<number | null> {
  const disableReason = endpoint && !result.delivered ? reasonToDisable(endpoint, result) : null;
  const tries = number - delivery.triesBefore;
  const delayMs =
    result.delivered || disableReason ? null : nextDelayMs(tries, result.retryAfterMs, spread());
  await transaction(async (tx) => {
    await logTry(tx, delivery.id, number, result);
    if (result.delivered) await markDelivered(tx, delivery.id, endpoint?.url ?? delivery.url);
    else await markFailed(tx, delivery.id, number, delayMs);
    if (endpoint) await judgeEndpoint(tx, endpoint, result.delivered, disableReason);
  });
  if (disableReason) kickOutbox();
  return delayMs;
}

/** One line of the delivery log. */
export async function logTry(
  tx: Tx,
  deliveryId: string,
  number: number,
  result: TryResult,
): Promise<void> {
  const { statusCode, error, durationMs, responseBody } = result;
  await tx.deliveryAttempt.create({
    data: {
      id: newId(),
      deliveryId,
      number,
      statusCode,
      error,
      durationMs,
      responseBody,
      createdAt: clock.now(),
    },
  });
}

/** Delivered is delivered, even where another try has begun meanwhile. */
async function markDelivered(tx: Tx, id: string, url: string): Promise<void> {
  await tx.delivery.updateMany({
    where: { id, status: { not: 'delivered' } },
    data: { status: 'delivered', deliveredAt: clock.now(), nextAttemptAt: null, url },
  });
}

/** A failure counts only while its try is the latest; else a replay would lose its turn. */
async function markFailed(
  tx: Tx,
  id: string,
  number: number,
  delayMs: number | null,
): Promise<void> {
  await tx.delivery.updateMany({
    where: { id, status: 'pending', attemptCount: number },
    data:
      delayMs === null
        ? { status: 'failed', nextAttemptAt: null }
        : { nextAttemptAt: new Date(clock.nowMs() + delayMs) },
  });
}

/** Why this failure ends the endpoint's service, or null where it does not. */
function reasonToDisable(endpoint: Endpoint, result: TryResult): string | null {
  if (result.gone) return 'It answered 410: it wants no more events.';
  const { failingSince } = endpoint;
  if (failingSince && clock.nowMs() - failingSince.getTime() >= FAILING_MS_MAX) {
    return 'It has only failed for five days.';
  }
  return null;
}

/** Touches the endpoint's row only where something about it changes: it is shared by all tries. */
async function judgeEndpoint(
  tx: Tx,
  endpoint: Endpoint,
  delivered: boolean,
  disableReason: string | null,
): Promise<void> {
  const { id, organizationId, mode } = endpoint;
  if (delivered) {
    if (endpoint.failingSince === null) return;
    await tx.endpoint.updateMany({ where: { id }, data: { failingSince: null } });
    return;
  }
  if (endpoint.failingSince === null) {
    await tx.endpoint.updateMany({
      where: { id, failingSince: null },
      data: { failingSince: clock.now() },
    });
  }
  if (disableReason === null) return;
  const { count } = await tx.endpoint.updateMany({
    where: { id, status: 'enabled' },
    data: { status: 'disabled', disabledReason: disableReason, updatedAt: clock.now() },
  });
  if (count === 0) return;
  await audit(
    tx,
    SYSTEM,
    'endpoint.disabled',
    `endpoint:${id}`,
    { reason: disableReason },
    organizationId,
  );
  await enqueue(tx, [
    {
      topic: 'endpoint.disabled',
      key: `${id}:${clock.nowMs()}`,
      data: { endpointId: id, organizationId, mode, reason: disableReason },
    },
  ]);
}
