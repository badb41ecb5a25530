import { audit } from '@/server/features/organizations';
import { SYSTEM } from '@/server/platform/actor';
import { clock, spread } from '@/server/platform/clock';
import { hotQuery, Prisma, type Tx, transaction } from '@/server/platform/db';
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
  const { id } = delivery;
  const recorded = Prisma.sql`
    WITH logged AS (${logOf(id, number, result)})
    ${result.delivered ? delivered(id, endpoint?.url ?? delivery.url) : failed(id, number, delayMs)}`;
  if (!endpoint || isAsBefore(endpoint, result.delivered, disableReason)) await hotQuery(recorded);
  else {
    await transaction(async (tx) => {
      await tx.$executeRaw(recorded);
      await judgeEndpoint(tx, endpoint, result.delivered, disableReason);
    });
  }
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
  await tx.$executeRaw(logOf(deliveryId, number, result));
}

function logOf(deliveryId: string, number: number, result: TryResult): Prisma.Sql {
  const { statusCode, error, durationMs, responseBody } = result;
  return Prisma.sql`
    INSERT INTO delivery_attempts (id, delivery_id, number, status_code, error, duration_ms,
                                   response_body, created_at)
    VALUES (${newId()}::uuid, ${deliveryId}::uuid, ${number}, ${statusCode}::int, ${error}::text,
            ${durationMs}::int, ${responseBody}, ${clock.now()})`;
}

/** Delivered is delivered, even where another try has begun meanwhile. */
function delivered(id: string, url: string): Prisma.Sql {
  return Prisma.sql`
    UPDATE deliveries
       SET status = 'delivered', delivered_at = ${clock.now()}, next_attempt_at = NULL, url = ${url}
     WHERE id = ${id}::uuid AND status <> 'delivered'`;
}

/** A failure counts only while its try is the latest; else a replay would lose its turn. */
function failed(id: string, number: number, delayMs: number | null): Prisma.Sql {
  const isLatest = Prisma.sql`id = ${id}::uuid AND status = 'pending' AND attempt_count = ${number}`;
  return delayMs === null
    ? Prisma.sql`UPDATE deliveries SET status = 'failed', next_attempt_at = NULL WHERE ${isLatest}`
    : Prisma.sql`
        UPDATE deliveries SET next_attempt_at = ${new Date(clock.nowMs() + delayMs)}
         WHERE ${isLatest}`;
}

type Endpoint = NonNullable<LoadedDelivery['endpoint']>;

/** Whether a try says nothing new about its endpoint. */
function isAsBefore(
  { failingSince }: Endpoint,
  isDelivered: boolean,
  disableReason: string | null,
): boolean {
  return isDelivered ? failingSince === null : failingSince !== null && disableReason === null;
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
